import type { Rung } from '@lightfast/core'
import { readLadder, writeLadder } from './api.ts'
import { Fieldset } from './fieldset.tsx'
import type { SwitchWords } from './fieldset.tsx'
import { useSwitches } from './use-switches.ts'
import type { SwitchStore } from './use-switches.ts'

/** Takes away the ways round an outage, or gives them back. The direct one is always there. */
export function Ways() {
  const { on, toggle, problem } = useSwitches(ladderStore)
  const missing = ways.filter(({ id }) => !on?.has(id)).length
  return (
    <>
      {problem && <p role="alert">{problem}</p>}
      {on && (
        <Fieldset
          name="Ways round it"
          status={missing === 0 ? 'well' : 'broken'}
          state={missing === 0 ? 'all on' : `${missing} off`}
          {...{ on, toggle }}
          switches={ways}
          kind="way"
        />
      )}
    </>
  )
}

const ways: readonly (SwitchWords & { readonly id: Rung })[] = [
  {
    id: 'relay',
    name: 'Through our server',
    effect: 'When the upload host fails, our server takes the photo and sends it on at once.',
  },
  {
    id: 'park',
    name: 'Keep until it is back',
    effect:
      'When the image host does not answer, our server keeps the photo and sends it on later.',
  },
]

const ladderStore: SwitchStore = {
  read: async () => new Set(await readLadder()),
  write: (on) => writeLadder(['direct', ...ways.map(({ id }) => id).filter((id) => on.has(id))]),
}
