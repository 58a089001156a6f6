// Rows of the tables that describe the database itself and who may call it.

/** See migration 0001. */
export interface MetaTables {
  schema_version: { number: number; name: string; applied_at: number };
  setting: { name: string; value: string };
  channel_key: {
    id: string;
    channel: string;
    label: string;
    prefix: string;
    hash: string;
    created_at: number;
    revoked_at: number | null;
    last_used_at: number | null;
  };
  api_token: {
    id: string;
    label: string;
    prefix: string;
    hash: string;
    scopes: string;
    created_at: number;
    expires_at: number | null;
    revoked_at: number | null;
    last_used_at: number | null;
  };
}
