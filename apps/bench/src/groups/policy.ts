import type { Contest } from './compare.ts'

/** What a decision costs, and what a list costs before the store is asked. */
export const policy: readonly Contest[] = [
  {
    group: 'policy',
    ours: { what: 'ours: check', peer: 'our-policy', name: 'check' },
    rivals: [
      { what: 'casl: can, of an ability made once', peer: 'casl', name: 'check' },
      {
        what: 'casl: can, of one made for the request',
        peer: 'casl',
        name: 'checkOnce',
        goal: 0.5,
      },
    ],
  },
  {
    group: 'policy',
    ours: { what: 'ours: scope', peer: 'our-policy', name: 'scope' },
    rivals: [
      { what: 'casl: rulesToCondition, of an ability made once', peer: 'casl', name: 'scope' },
      {
        what: 'casl: rulesToCondition, of one made for the request',
        peer: 'casl',
        name: 'scopeOnce',
        goal: 0.5,
      },
    ],
  },
]
