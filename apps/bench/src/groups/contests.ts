import type { Contest } from './compare.ts'

/** What a call costs while all is well, around a function that returns 1. */
export const stack: readonly Contest[] = [
  {
    group: 'stack',
    ours: { what: 'ours: every layer', peer: 'ours', name: 'stack' },
    rivals: [
      { what: 'cockatiel: retry, breaker, timeout', peer: 'cockatiel', name: 'stack', goal: 0.2 },
      { what: 'opossum with p-retry', peer: 'opossum', name: 'stack', goal: 0.9 },
    ],
  },
  {
    group: 'stack',
    ours: { what: 'ours: retry and breaker', peer: 'ours', name: 'retryAndBreaker' },
    rivals: [{ what: 'cockatiel: retry, breaker', peer: 'cockatiel', name: 'retryAndBreaker' }],
  },
]

/** What a call costs that is refused because the circuit is open. */
export const refusal: readonly Contest[] = [
  {
    group: 'refusal',
    ours: { what: 'ours: every layer', peer: 'ours', name: 'refusal' },
    rivals: [
      { what: 'cockatiel: retry, breaker, timeout', peer: 'cockatiel', name: 'refusal', goal: 0.5 },
      { what: 'opossum with p-retry', peer: 'opossum', name: 'refusal', goal: 0.5 },
    ],
  },
  {
    group: 'refusal',
    ours: { what: 'ours: the breaker alone', peer: 'ours', name: 'refusalByBreaker' },
    rivals: [
      {
        what: 'cockatiel: the breaker alone',
        peer: 'cockatiel',
        name: 'refusalByBreaker',
        goal: 0.5,
      },
      { what: 'opossum alone', peer: 'opossum', name: 'refusalByBreaker', goal: 0.5 },
    ],
  },
]

/** What a client costs around a host that answers at once. */
export const http: readonly Contest[] = [
  {
    group: 'http',
    base: { what: 'the stub itself, with its JSON', peer: 'stub-host', name: 'http' },
    ours: { what: 'ours: images.get, over the stub', peer: 'ours', name: 'http' },
    rivals: [
      { what: 'cloudflare: images.v1.get', peer: 'official-sdk', name: 'http', goal: 0.5 },
      { what: 'ky: get(url).json()', peer: 'ky', name: 'http' },
    ],
  },
]
