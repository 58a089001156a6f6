// The console itself: what surrounds every page, and which page an address shows.
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, Suspense, useLayoutEffect } from "react";
import { Redirect, Route, Switch, useLocation, useSearch } from "wouter";
import { CallFailed } from "./calls.ts";
import { Layout } from "./layout/layout.tsx";
import { BuiltPages } from "./layout/places.ts";
import { PAGE_IDS, type PageId, pageRow } from "./pages/registry.ts";
import { SCREENS } from "./pages/screens.ts";
import { Attempted } from "./parts/attempted.tsx";
import { ErrorState } from "./parts/error-state.tsx";
import { FreshDialog } from "./parts/fresh-dialog.tsx";
import { NoScope, NotFound } from "./parts/nowhere.tsx";
import { PageSkeleton } from "./parts/skeletons.tsx";
import { pageMeta, ReaderProvider, useReader } from "./reader.tsx";
import { mayOpen, SessionProvider, useSession } from "./session.tsx";
import { cssVariables, theme } from "./theme.ts";
import type { Language, Say } from "./words.ts";

/** Answers are fresh for this long, ms: going back and forth between pages asks nobody. */
const FRESH_MS = 15_000;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // What the server refused it will refuse again; only what did not arrive is tried once more.
      retry: (count, error) => count < 1 && error instanceof CallFailed && error.status === 0,
      refetchOnWindowFocus: true,
    },
  },
});

/** Everything. */
export function App(props: { readonly language: Language; readonly say: Say }): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => pageMeta("style-nonce")}
    >
      <QueryClientProvider client={client}>
        <ReaderProvider language={props.language} say={props.say}>
          <Notifications position="bottom-left" limit={3} />
          <SessionProvider>
            <BuiltPages.Provider value={BUILT}>
              <Door />
              <FreshDialog />
            </BuiltPages.Provider>
          </SessionProvider>
        </ReaderProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

const BUILT = new Set(PAGE_IDS.filter((id) => SCREENS[id] !== undefined));
const PUBLIC_PAGES = PAGE_IDS.filter((id) => pageRow(id).isPublic);
const INNER_PAGES = PAGE_IDS.filter((id) => !pageRow(id).isPublic);

/** Public pages for everybody, the rest for those who signed in; who did not comes back to the same address after. */
function Door(): ReactNode {
  return (
    <Switch>
      {PUBLIC_PAGES.map((id) => (
        <Route key={id} path={pageRow(id).path}>
          <Screen id={id} />
        </Route>
      ))}
      <Route>
        <Inner />
      </Route>
    </Switch>
  );
}

function Inner(): ReactNode {
  const { state, reload } = useSession();
  const [path] = useLocation();
  const search = useSearch();
  if (state.kind === "asking") return null;
  if (state.kind === "failed") return <ErrorState error={state.error} onRetry={reload} isWhole />;
  if (state.kind === "signedOut") {
    const to =
      path === "/" && search === "" ? "" : `?to=${encodeURIComponent(path + (search && `?${search}`))}`;
    return <Redirect to={`/sign-in${to}`} replace />;
  }
  return (
    <Layout>
      <Switch>
        {INNER_PAGES.filter((id) => BUILT.has(id)).map((id) => (
          <Route key={id} path={pageRow(id).path}>
            {mayOpen(state.person, pageRow(id)) ? <Screen id={id} /> : <NoScope page={id} />}
          </Route>
        ))}
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Layout>
  );
}

/** One page: its title in the tab, its skeleton while its file travels, its own wall against faults. */
function Screen({ id }: { readonly id: PageId }): ReactNode {
  const { say } = useReader();
  const title = say(`pages.${id}`);
  // Before the page's own effects: PageHeader may name the thing that is open.
  useLayoutEffect(() => {
    document.title = `${title} · ${say("shell.product")}`;
  }, [title, say]);
  const Page = SCREENS[id];
  if (Page === undefined) return <NotFound />;
  return (
    <Attempted key={id}>
      <Suspense fallback={<PageSkeleton />}>
        <Page />
      </Suspense>
    </Attempted>
  );
}
