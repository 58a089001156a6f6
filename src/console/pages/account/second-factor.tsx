// The second step of signing in: offered as a picture drawn here, in force once a code proves it.
import { Button, Text, TextInput } from "@mantine/core";
import QRCode from "qrcode";
import { type FormEvent, type ReactNode, useMemo, useState } from "react";
import { sessionCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { CopyField } from "../../parts/copy-field.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { OnceSecret } from "../../parts/once-secret.tsx";
import { Section } from "../../parts/page-header.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMe, useSession } from "../../session.tsx";
import classes from "./account.module.css";

/** The section. */
export function SecondFactorSection(): ReactNode {
  const { say } = useReader();
  const { hasSecondFactor } = useMe();
  return (
    <Section
      title={say("account.factor.title")}
      about={say(hasSecondFactor ? "account.factor.on" : "account.factor.off")}
    >
      {hasSecondFactor ? <EndFactor /> : <BeginFactor />}
    </Section>
  );
}

function EndFactor(): ReactNode {
  const { say } = useReader();
  const { reload } = useSession();
  const { tell } = useToasts();
  const [isAsking, setAsking] = useState(false);
  const end = useChange(sessionCalls.removeSecondFactor, {
    onDone: () => {
      setAsking(false);
      tell(say("account.factor.ended"));
      reload();
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {say("account.factor.end")}
      </Button>
      <ConfirmFresh
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={say("account.factor.endTitle")}
        text={say("account.factor.endText")}
        action={say("account.factor.end")}
        onConfirm={() => end.mutate({})}
        isSending={end.isPending}
        error={end.error}
      />
    </>
  );
}

function BeginFactor(): ReactNode {
  const { say } = useReader();
  const { reload } = useSession();
  const [code, setCode] = useState("");
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const offer = useChange(sessionCalls.offerSecondFactor);
  const prove = useChange(sessionCalls.proveSecondFactor, {
    onDone: (answer) => setCodes(answer.recoveryCodes),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    prove.mutate({ body: { code } });
  };
  if (offer.data === undefined) {
    return (
      <div className={classes.form}>
        <FormError error={offer.error} />
        <Button variant="default" loading={offer.isPending} onClick={() => offer.mutate({})}>
          {say("account.factor.begin")}
        </Button>
      </div>
    );
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <Text size="sm">{say("account.factor.scan")}</Text>
      <Picture text={offer.data.uri} />
      <CopyField label={say("account.factor.secret")} value={offer.data.secret} />
      <TextInput
        label={say("account.code")}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value.trim())}
        autoComplete="one-time-code"
        inputMode="numeric"
      />
      <FormError error={prove.error} />
      <Button type="submit" loading={prove.isPending} disabled={code === ""}>
        {say("account.factor.prove")}
      </Button>
      <OnceSecret
        title={say("account.factor.recovery")}
        text={say("account.factor.recoveryText")}
        values={
          codes?.map((value, index) => ({
            label: say("account.factor.recoveryCode", { number: index + 1 }),
            value,
          })) ?? null
        }
        onClose={reload}
      />
    </form>
  );
}

/** A QR code as one path, made in the browser: the secret goes nowhere. Dark on white in both themes, or cameras fail. */
function Picture({ text }: { readonly text: string }): ReactNode {
  const { say } = useReader();
  const { size, path } = useMemo(() => {
    const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
    const cells = Array.from(modules.data, (isDark, at) =>
      isDark ? `M${at % modules.size} ${Math.floor(at / modules.size)}h1v1h-1z` : "",
    );
    return { size: modules.size, path: cells.join("") };
  }, [text]);
  return (
    <svg
      className={classes.picture}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={say("account.factor.picture")}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
