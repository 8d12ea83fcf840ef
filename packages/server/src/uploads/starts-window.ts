/** The time within which the uploads that one owner begins are counted, in ms. After that, all of them are forgotten. */
export const STARTS_MS = 60_000
