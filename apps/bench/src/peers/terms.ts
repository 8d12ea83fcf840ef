/** The terms on which everybody is measured: the same policy, as far as each can express it. */

/** Tries in all. */
export const ATTEMPTS = 4
/** Failures in a row that open a breaker. */
export const OPEN_AFTER = 5
export const OPEN_MS = 30_000
export const TIMEOUT_MS = 10_000

/** The function under test. */
export const returnOne = async (): Promise<number> => 1
