// Words of messages about hosts, which the tests of several settings expect.

/** What a host must be. */
export const HOST = "`host` or `host:port` in lower case, without scheme or path";
/** What follows where a host may have `*`. */
export const WILDCARD = "`*` may stand for a whole label before the last two (`*.azurecr.io`)";
