// Rows of people, their sessions, links and recovery codes.

/** See migration 0027. */
export interface PersonTables {
  person: {
    id: string;
    login: string;
    login_folded: string;
    name: string;
    role: string;
    outlets: string | null;
    language: string | null;
    theme: string;
    password_hash: string | null;
    password_at: number | null;
    second_factor: Uint8Array | null;
    second_factor_step: number;
    second_factor_wish: Uint8Array | null;
    version: number;
    created_at: number;
    created_by: string;
    seen_at: number | null;
    blocked_at: number | null;
  };
  person_session: {
    id: string;
    hash: string;
    person_id: string;
    created_at: number;
    seen_at: number;
    fresh_until: number;
    address: string;
    agent: string;
  };
  person_link: {
    hash: string;
    kind: string;
    person_id: string | null;
    drops_second_factor: number;
    created_at: number;
    expires_at: number;
    created_by: string;
  };
  person_recovery_code: { person_id: string; hash: string };
}
