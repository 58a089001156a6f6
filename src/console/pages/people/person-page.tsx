// One person: role and outlets, the link to sign in, sessions, blocking and removing.
import { Button, Checkbox } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useLocation, useParams } from "wouter";
import { peopleCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { When } from "../../parts/figures.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { type Access, AccessFields } from "./access-fields.tsx";
import classes from "./people.module.css";
import { usePersonLink } from "./person-link.tsx";
import { PersonSessions } from "./person-sessions.tsx";
import { type Person, PersonState } from "./person-state.tsx";

const TOUCHED = [peopleCalls.listPeople, peopleCalls.getPerson, peopleCalls.listPersonSessions];

/** The page. */
export default function PersonPage(): ReactNode {
  const { personId = "" } = useParams();
  const found = useCall(peopleCalls.getPerson, { params: { personId } });
  if (found.data !== undefined) return <PersonShown key={found.data.version} person={found.data} />;
  if (found.error === null) return <PageSkeleton />;
  if (found.error.status === 404) return <NotFound />;
  return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
}

function PersonShown({ person }: { readonly person: Person }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("people:write");
  return (
    <>
      <PageHeader
        title={person.name}
        isThing
        back={{ path: "/people", title: say("pages.people") }}
        about={<PersonState person={person} />}
        actions={mayWrite ? <Doings person={person} /> : undefined}
      />
      <KeyValue
        facts={[
          { name: say("people.login"), value: <span translate="no">{person.login}</span> },
          { name: say("people.seenAt"), value: <When at={person.seenAt} /> },
          { name: say("people.createdAt"), value: <When at={person.createdAt} /> },
          {
            name: say("people.factor"),
            value: say(person.hasSecondFactor ? "people.factorOn" : "people.factorOff"),
          },
        ]}
      />
      <AccessSection person={person} mayWrite={mayWrite} />
      {mayWrite && <LinkSection person={person} />}
      <PersonSessions personId={person.id} mayWrite={mayWrite} />
    </>
  );
}

/** What a change sends back of what it does not change. */
function unchanged({ name, role, outlets, isBlocked, version }: Person) {
  return { name, role, outlets: outlets === null ? null : [...outlets], isBlocked, version };
}

function Doings({ person }: { readonly person: Person }): ReactNode {
  const { say } = useReader();
  const [, go] = useLocation();
  const { tellUndoable, tell, tellFailure } = useToasts();
  const [isRemoving, setRemoving] = useState(false);
  const change = useChange(peopleCalls.putPerson, { touches: TOUCHED });
  const remove = useChange(peopleCalls.removePerson, {
    touches: [peopleCalls.listPeople],
    onDone: () => go("/people"),
  });
  const params = { personId: person.id };
  const block = (now: Person, isBlocked: boolean): void => {
    const onSuccess = (after: Person): void => {
      if (isBlocked) tellUndoable(say("people.blockedNow", { name: person.name }), () => block(after, false));
      else tell(say("people.unblockedNow", { name: person.name }));
    };
    change.mutate({ params, body: { ...unchanged(now), isBlocked } }, { onSuccess, onError: tellFailure });
  };
  return (
    <>
      <Button variant="default" loading={change.isPending} onClick={() => block(person, !person.isBlocked)}>
        {say(person.isBlocked ? "people.unblock" : "people.block")}
      </Button>
      <Button variant="default" onClick={() => setRemoving(true)}>
        {say("people.remove")}
      </Button>
      <ConfirmFresh
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        title={say("people.removeTitle", { name: person.name })}
        text={say("people.removeText")}
        action={say("people.remove")}
        onConfirm={() => remove.mutate({ params })}
        isSending={remove.isPending}
        error={remove.error}
      />
    </>
  );
}

function AccessSection(props: { readonly person: Person; readonly mayWrite: boolean }): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const { person } = props;
  const [access, setAccess] = useState<Access>({ role: person.role, outlets: person.outlets });
  const change = useChange(peopleCalls.putPerson, {
    touches: TOUCHED,
    onDone: () => tell(say("people.saved")),
  });
  const isSame = access.role === person.role && String(access.outlets) === String(person.outlets);
  const save = (): void => {
    const outlets = access.outlets === null ? null : [...access.outlets];
    const body = { ...unchanged(person), role: access.role, outlets };
    change.mutate({ params: { personId: person.id }, body });
  };
  return (
    <Section title={say("people.access")}>
      <div className={classes.narrow}>
        <AccessFields access={access} onChange={setAccess} isReadOnly={!props.mayWrite} />
        <FormError error={change.error} />
        {props.mayWrite && (
          <Button disabled={isSame} loading={change.isPending} onClick={save}>
            {say("people.save")}
          </Button>
        )}
      </div>
    </Section>
  );
}

function LinkSection({ person }: { readonly person: Person }): ReactNode {
  const { say } = useReader();
  const link = usePersonLink();
  const [isLost, setLost] = useState(false);
  return (
    <Section
      title={say(person.hasPassword ? "people.reset" : "people.invite")}
      about={say("people.linkText")}
    >
      <div className={classes.narrow}>
        {person.hasSecondFactor && (
          <Checkbox
            label={say("people.drops")}
            checked={isLost}
            onChange={(event) => setLost(event.currentTarget.checked)}
          />
        )}
        <Button variant="default" loading={link.isMaking} onClick={() => link.make(person, isLost)}>
          {say("people.makeLink")}
        </Button>
      </div>
      {link.dialog}
    </Section>
  );
}
