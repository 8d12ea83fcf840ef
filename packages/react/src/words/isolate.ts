/**
 * Keeps a name in its own reading direction, whichever way the sentence around it runs: without it,
 * `beach (2).jpg` falls apart in an Arabic line. Only for words that are drawn; nobody hears it.
 */
export const isolate = (text: string): string => `\u2068${text}\u2069`
