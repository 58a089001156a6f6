// The readable page of the API, made from its OpenAPI document: plain HTML, no script, one file and its style sheet.
import {
  exampleOf,
  type Json,
  type JsonObject,
  PROBLEM_CODES,
  PROBLEMS,
  resolved,
} from "../../contract/index.ts";
import { type Html, html, prose, spans } from "./html.ts";
import { schemaRows, typeText } from "./page-schema.ts";

interface Call {
  readonly method: string;
  readonly path: string;
  readonly base: string;
  readonly spec: JsonObject;
  readonly components: JsonObject;
  readonly contract: JsonObject;
}

/** The whole page. */
export function descriptionPage(contract: JsonObject): string {
  const info = contract["info"] as JsonObject;
  const components = (contract["components"] as JsonObject)["schemas"] as JsonObject;
  const base = String(((contract["servers"] as JsonObject[])[0] as JsonObject)["url"]);
  const tags = contract["tags"] as JsonObject[];
  const calls = callsOf(contract, base, components);
  const grouped = tags
    .map((tag) => ({ tag, calls: calls.filter(({ spec }) => (spec["tags"] as string[])[0] === tag["name"]) }))
    .filter((group) => group.calls.length > 0);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${String(info["title"])}</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<nav aria-label="Contents">
<p class="brand">Prilavok <span>API ${String(info["version"])}</span></p>
<ul>
<li><a href="#about">About</a></li>
${grouped.map(({ tag, calls: some }) => navGroup(String(tag["name"]), some))}
<li><a href="#scopes">Scopes</a></li>
<li><a href="#problems">Problems</a></li>
<li><a href="#schemas">Schemas</a></li>
</ul>
</nav>
<main id="content">
<header id="about">
<h1>${String(info["title"])}</h1>
<p class="lead">Version ${String(info["version"])} · base address <code>${base}</code> · <a href="/api/openapi.json">OpenAPI 3.1 document</a></p>
${prose(String(info["description"]))}
</header>
${grouped.map(({ tag, calls: some }) => tagSection(tag, some))}
${scopesSection(contract)}
${problemsSection()}
${schemasSection(components)}
</main>
</body>
</html>
`.text;
}

function callsOf(contract: JsonObject, base: string, components: JsonObject): Call[] {
  return Object.entries(contract["paths"] as JsonObject).flatMap(([path, methods]) =>
    Object.entries(methods as JsonObject).map(([method, spec]) => ({
      method: method.toUpperCase(),
      path,
      base,
      spec: spec as JsonObject,
      components,
      contract,
    })),
  );
}

function navGroup(tag: string, calls: readonly Call[]): Html {
  return html`<li><a href="#tag-${tag}">${capital(tag)}</a><ul>${calls.map(
    ({ spec }) => html`<li><a href="#${String(spec["operationId"])}">${String(spec["summary"])}</a></li>`,
  )}</ul></li>
`;
}

function tagSection(tag: JsonObject, calls: readonly Call[]): Html {
  const name = String(tag["name"]);
  return html`<section id="tag-${name}" class="group" aria-labelledby="title-${name}">
<h2 id="title-${name}">${capital(name)}</h2>
<p class="lead">${spans(String(tag["description"]))}</p>
${calls.map(callArticle)}
</section>
`;
}

function callArticle(call: Call): Html {
  const { spec, method, path, base } = call;
  const id = String(spec["operationId"]);
  const security = spec["security"] as { bearer?: string[] }[];
  const [scope] = security[0]?.bearer ?? [];
  return html`<article id="${id}" aria-labelledby="name-${id}">
<h3 id="name-${id}">${String(spec["summary"])} <a class="anchor" href="#${id}" aria-label="Link to ${String(spec["summary"])}">#</a></h3>
<p class="line"><span class="method ${method.toLowerCase()}">${method}</span> <code class="path">${base}${path}</code></p>
<p class="scope">${scope === undefined ? (security.length === 0 ? "Open to everybody (public)" : "For whoever is signed in (session)") : html`Scope <a href="#scopes"><code>${scope}</code></a>`}</p>
${spec["description"] === undefined ? null : prose(String(spec["description"]))}
${parametersPart(call)}
${bodyPart(call)}
${answersPart(call)}
<h4>Example</h4>
<pre tabindex="0" aria-label="Example of ${String(spec["summary"])}"><code>${curlOf(call)}</code></pre>
</article>
`;
}

function parametersPart({ spec, components }: Call): Html | null {
  const parameters = (spec["parameters"] ?? []) as JsonObject[];
  if (parameters.length === 0) return null;
  return html`<h4>Parameters</h4>
<div class="scroll" tabindex="0" role="region" aria-label="Parameters"><table>
<thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Value</th><th scope="col">Meaning</th></tr></thead>
<tbody>${parameters.map(
    (one) =>
      html`<tr><th scope="row"><code>${String(one["name"])}</code>${one["required"] === true ? html` <em>required</em>` : null}</th><td>${String(one["in"])}</td><td>${typeText(one["schema"] as JsonObject, components)}</td><td>${spans(String(one["description"] ?? ""))}</td></tr>`,
  )}</tbody></table></div>
`;
}

function bodyPart({ spec, components }: Call): Html | null {
  const body = spec["requestBody"] as JsonObject | undefined;
  if (body === undefined) return null;
  const schema = contentSchema(body);
  return html`<h4>Body</h4>${schemaRows(schema, components, "Body")}`;
}

function answersPart({ spec, components, contract }: Call): Html {
  const responses = Object.entries(spec["responses"] as JsonObject).map(
    ([status, response]) => [status, resolved(contract, response as JsonObject)] as const,
  );
  const [good, bad] = [
    responses.filter(([status]) => status < "400"),
    responses.filter(([status]) => status >= "400"),
  ];
  return html`<h4>Answers</h4>
${good.map(
  ([
    status,
    response,
  ]) => html`<p><span class="status good">${status}</span> ${spans(String(response["description"]))}</p>
${response["content"] === undefined ? null : schemaRows(contentSchema(response), components, `Answer ${status}`)}`,
)}
<details><summary>Refusals (${bad.map(([status]) => status).join(", ")})</summary>
<ul class="plain">${bad.map(([status, response]) => html`<li><span class="status bad">${status}</span> ${spans(String(response["description"]))}</li>`)}</ul>
</details>
`;
}

function contentSchema(holder: JsonObject): JsonObject {
  const [media] = Object.values(holder["content"] as JsonObject);
  return (media as JsonObject)["schema"] as JsonObject;
}

/** A command that can be pasted once the token is in the variable. */
function curlOf({ method, path, base, spec, components }: Call): string {
  const body = spec["requestBody"] as JsonObject | undefined;
  const isKeyed = ((spec["parameters"] ?? []) as JsonObject[]).some(
    (one) => one["name"] === "Idempotency-Key",
  );
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"http://127.0.0.1:8080${base}${path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => name.toUpperCase())}"`,
    `  -H "Authorization: Bearer $PRILAVOK_TOKEN"`,
    ...(isKeyed ? [`  -H "Idempotency-Key: $(uuidgen)"`] : []),
    ...(body === undefined
      ? []
      : [`  -H "Content-Type: application/json"`, `  -d '${bodyExample(body, components)}'`]),
  ];
  return lines.join(" \\\n");
}

function bodyExample(body: JsonObject, components: JsonObject): string {
  const value: Json = exampleOf(contentSchema(body), components);
  const text = JSON.stringify(value);
  return (text.length > 70 ? JSON.stringify(value, null, 2) : text).replaceAll("'", "'\\''");
}

function scopesSection(contract: JsonObject): Html {
  const schemes = (contract["components"] as JsonObject)["securitySchemes"] as JsonObject;
  const { description } = schemes["bearer"] as JsonObject;
  return html`<section id="scopes" class="group" aria-labelledby="title-scopes"><h2 id="title-scopes">Scopes</h2>
<article>${prose(String(description))}</article></section>
`;
}

function problemsSection(): Html {
  return html`<section id="problems" class="group" aria-labelledby="title-problems"><h2 id="title-problems">Problems</h2>
<p class="lead">The <code>code</code> of a refusal, its status, whether the same call may be sent again, and what to do.</p>
<article><div class="scroll" tabindex="0" role="region" aria-label="Problems"><table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Again?</th><th scope="col">Meaning</th></tr></thead>
<tbody>${PROBLEM_CODES.map((code) => {
    const row = PROBLEMS[code];
    return html`<tr id="problem-${code}"><th scope="row"><code>${code}</code></th><td><span class="status bad">${row.status}</span></td><td>${row.mayRetry ? "yes" : "no"}</td><td>${row.title}. ${spans(row.advice)}</td></tr>`;
  })}</tbody></table></div></article></section>
`;
}

function schemasSection(components: JsonObject): Html {
  return html`<section id="schemas" class="group" aria-labelledby="title-schemas"><h2 id="title-schemas">Schemas</h2>
${Object.entries(components).map(
  ([
    name,
    schema,
  ]) => html`<article id="schema-${name}" aria-labelledby="schema-name-${name}"><h3 id="schema-name-${name}">${name}</h3>
${schemaRows(schema as JsonObject, components, name)}</article>
`,
)}</section>
`;
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
