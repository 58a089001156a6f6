// Rows of the stored explanations.

/** See migration 0007. */
export interface CalculationTables {
  calculation: CalculationRow;
  calculation_case: CalculationCaseRow;
  calculation_goods: { hash: string; body: string; used_at: number };
}

/** One calculation. */
export interface CalculationRow {
  id: string;
  at: number;
  channel: string;
  customer_id: string | null;
  code: string | null;
  rules_version: number;
  rules_hash: string;
  engine_version: string;
  input: string;
  result: string;
  size: number;
  /** Keyed hash of an anonymous shopper's install; see migration "order". */
  device: string | null;
  /** The outlet that the cart named; see migration "calculation-case". */
  outlet: string | null;
  /** Where the cart would be fetched; see migration "calculation-pickup". */
  pickup: string | null;
}

/** One test case. */
export interface CalculationCaseRow {
  id: string;
  name: string;
  note: string;
  calculation_id: string;
  at: number;
  channel: string;
  rules_version: number;
  rules_hash: string;
  engine_version: string;
  input: string;
  result: string;
  goods: string;
  expected: string;
  created_at: number;
  created_by: string;
}
