// Rows of clients that may fetch tokens, their secrets and tokens.

/** See migration 0004. */
export interface OauthTables {
  oauth_client: {
    id: string;
    channel: string;
    label: string;
    created_at: number;
    revoked_at: number | null;
  };
  oauth_secret: {
    id: string;
    client_id: string;
    hash: string;
    created_at: number;
    revoked_at: number | null;
  };
  oauth_token: {
    hash: string;
    channel: string;
    client_id: string;
    secret_id: string;
    scope: string;
    issued_at: number;
    accepted_until: number;
  };
}
