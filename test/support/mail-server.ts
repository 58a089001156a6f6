// A mail server on this machine, as small as RFC 5321 allows: remembers letters, answers as the test says, hangs up on wish.
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A letter as it came. */
export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body. */
  readonly data: string;
}

/** What a test may say to a command before the server answers it: an answer of its own, or "cut". Null: the usual. */
export type MailFault = (command: string) => string | "cut" | null;

/** A server that runs. */
export interface MailServer {
  readonly port: number;
  readonly letters: Letter[];
  /** Every command of every connection. */
  readonly commands: string[];
  fault: MailFault;
  close(): Promise<void>;
}

/** Starts it; signs in nobody. */
export async function startMailServer(): Promise<MailServer> {
  const letters: Letter[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const state: MailServer = {
    port: 0,
    letters,
    commands,
    fault: () => null,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    converse(socket, state);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { port });
}

function converse(socket: Socket, state: MailServer): void {
  let [from, data, rest]: [string, string | null, string] = ["", null, ""];
  let to: string[] = [];
  const say = (line: string): boolean => socket.write(`${line}\r\n`);
  const answer = (command: string): void => {
    state.commands.push(command);
    const fault = state.fault(command);
    if (fault === "cut") socket.destroy();
    else say(fault ?? obey(command));
  };
  const obey = (command: string): string => {
    const verb = command.slice(0, 4).toUpperCase();
    if (verb === "MAIL") from = /<(.*?)>/.exec(command)?.[1] ?? "";
    if (verb === "RCPT") to.push(/<(.*?)>/.exec(command)?.[1] ?? "");
    if (verb === "DATA") {
      data = "";
      return "354 go on";
    }
    return verb === "EHLO" ? "250-mail.test\r\n250-8BITMIME\r\n250 SMTPUTF8" : "250 ok";
  };
  const collect = (line: string): void => {
    if (line !== ".") {
      data += `${line.replace(/^\.\./, ".")}\n`;
      return;
    }
    const letter = { from, to, data: data ?? "" };
    [data, to] = [null, []];
    const fault = state.fault("end of data");
    if (fault === "cut") {
      // Taken, but nobody hears of it.
      state.letters.push(letter);
      socket.destroy();
    } else if (fault === null) {
      state.letters.push(letter);
      say("250 taken");
    } else say(fault);
  };
  socket.setEncoding("utf8");
  say("220 mail.test");
  socket.on("data", (part: string) => {
    const lines = (rest + part).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (data === null) answer(line);
      else collect(line);
    }
  });
}

/** The text of a letter, decoded. */
export function textOf({ data }: Letter): string {
  const [head = "", ...body] = data.split("\n\n");
  const text = body.join("\n\n");
  return /base64/i.test(head) ? Buffer.from(text, "base64").toString("utf8") : unquoted(text);
}

function unquoted(text: string): string {
  const bytes = text
    .replaceAll(/=\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
