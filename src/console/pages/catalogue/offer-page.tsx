// One item: what the feed says of it, its prices by city and tier, stock by outlet, promotions that concern it.
import type { ReactNode } from "react";
import { useParams } from "wouter";
import { catalogueCalls, catalogueSectionCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { numberText, percentText } from "../../parts/amounts.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { Money } from "../../parts/figures.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { PlainTable } from "../../parts/plain-table.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { Sums } from "../../parts/sums.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { useBranches } from "../desk/names.ts";
import classes from "./catalogue.module.css";
import { Sale } from "./goods.tsx";
import { OfferPromotions } from "./offer-promotions.tsx";

/** An item as the API tells of one. */
export type Offer = AnswerOf<typeof catalogueCalls.getOffer>;

/** The page. */
export default function OfferPage(): ReactNode {
  const { offerId = "" } = useParams();
  const found = useCall(catalogueCalls.getOffer, { params: { offerId } });
  if (found.data !== undefined) return <OfferShown offer={found.data} />;
  if (found.error === null) return <PageSkeleton />;
  if (found.error.status === 404) return <NotFound />;
  return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
}

function OfferShown({ offer }: { readonly offer: Offer }): ReactNode {
  const { say } = useReader();
  const mayPromotions = useMay("promotions:read");
  const { priceMinor, oldPriceMinor } = offer;
  return (
    <>
      <PageHeader
        title={offer.name}
        isThing
        back={{ path: "/catalogue", title: say("pages.catalogue") }}
        about={<Sale isOn={offer.isAvailable} />}
      />
      <Sums
        sums={[
          { name: say("catalogue.price"), value: <Money minor={priceMinor} />, isMain: true },
          {
            name: say("catalogue.oldPrice"),
            value: oldPriceMinor === null ? null : <Money minor={oldPriceMinor} />,
          },
          {
            name: say("catalogue.discount"),
            value: oldPriceMinor === null ? null : <Money minor={priceMinor - oldPriceMinor} />,
          },
        ]}
      />
      <div className={classes.pair}>
        <OfferFacts offer={offer} />
        <Params offer={offer} />
      </div>
      {mayPromotions && <OfferPromotions offer={offer} />}
      <Stock offer={offer} />
      <Variants offer={offer} />
    </>
  );
}

function OfferFacts({ offer }: { readonly offer: Offer }): ReactNode {
  const { say, language } = useReader();
  const tree = useCall(catalogueSectionCalls.listCategories, {}).data?.items ?? [];
  const names = new Map(tree.map(({ id, name }) => [id, name]));
  const { vendor, groupId, step, codeCapBps, categoryIds, usePoints } = offer;
  return (
    <KeyValue
      facts={[
        { name: say("catalogue.id"), value: <span className="mono">{offer.id}</span> },
        {
          name: say("catalogue.card"),
          value: groupId === offer.id ? null : <span className="mono">{groupId}</span>,
        },
        {
          name: say("catalogue.brand"),
          value: vendor === null ? null : <span translate="no">{vendor}</span>,
        },
        {
          name: say("catalogue.category"),
          value: <span translate="no">{categoryIds.map((id) => names.get(id) ?? id).join(", ")}</span>,
        },
        {
          name: say("catalogue.step"),
          value: step === null ? say("catalogue.byPiece") : numberText(step, language, 3),
        },
        {
          name: say("catalogue.codeCap"),
          value: codeCapBps === null ? say("catalogue.noCap") : percentText(codeCapBps, language),
        },
        { name: say("catalogue.points"), value: say(usePoints ? "catalogue.yes" : "catalogue.no") },
      ]}
    />
  );
}

function Params({ offer }: { readonly offer: Offer }): ReactNode {
  const { say } = useReader();
  const params = Object.entries(offer.params);
  if (params.length === 0) return null;
  return (
    <section aria-label={say("catalogue.params")} translate="no">
      <KeyValue facts={params.map(([name, values]) => ({ name, value: values.join(", ") }))} />
    </section>
  );
}

function Stock({ offer }: { readonly offer: Offer }): ReactNode {
  const { say, language } = useReader();
  const { branchName } = useBranches();
  return (
    <Section title={say("catalogue.stock")}>
      {offer.stock.length === 0 ? (
        <p className="soft">{say("catalogue.noStock")}</p>
      ) : (
        <PlainTable
          label={say("catalogue.stock")}
          rows={offer.stock}
          idOf={({ outletId }) => outletId}
          columns={[
            {
              id: "outlet",
              title: say("catalogue.outlet"),
              cell: ({ outletId }) => <span translate="no">{branchName(outletId)}</span>,
            },
            {
              id: "quantity",
              title: say("catalogue.quantity"),
              align: "end",
              cell: ({ quantity }) => numberText(quantity, language, 3),
            },
            {
              id: "price",
              title: say("catalogue.price"),
              align: "end",
              cell: ({ priceMinor }) =>
                priceMinor === null ? say("catalogue.same") : <Money minor={priceMinor} />,
            },
          ]}
        />
      )}
    </Section>
  );
}

function Variants({ offer }: { readonly offer: Offer }): ReactNode {
  const { say } = useReader();
  if (offer.variants.length === 0) return null;
  const rows = offer.variants.map((variant, index) => ({ ...variant, index }));
  const told = (text: string | null, otherwise: string): ReactNode =>
    text === null ? otherwise : <span translate="no">{text}</span>;
  return (
    <Section title={say("catalogue.variants")}>
      <PlainTable
        label={say("catalogue.variants")}
        rows={rows}
        idOf={({ index }) => String(index)}
        columns={[
          {
            id: "city",
            title: say("catalogue.city"),
            cell: ({ city }) => told(city, say("catalogue.everywhere")),
          },
          {
            id: "tier",
            title: say("catalogue.tier"),
            cell: ({ priceTier }) => told(priceTier, say("catalogue.everybody")),
          },
          {
            id: "sale",
            title: say("catalogue.sale"),
            cell: ({ isAvailable }) =>
              isAvailable === null ? say("catalogue.same") : <Sale isOn={isAvailable} />,
          },
          {
            id: "price",
            title: say("catalogue.price"),
            align: "end",
            cell: ({ priceMinor }) =>
              priceMinor === null ? say("catalogue.same") : <Money minor={priceMinor} />,
          },
        ]}
      />
    </Section>
  );
}
