import type { FilePolicy } from '@lightfast/core'
import type { UploadItem, UploadState } from '../upload/upload-state.ts'
import type { Entry, Facts, WayOut, Words } from './words.ts'

/** One way out as a button: its visible label, and a name that says which file it is about. */
export interface Action {
  readonly way: WayOut
  readonly label: string
  readonly name: string
}

/** What a person is told about one item, wherever it is told: in its row, in a toast or aloud. */
export interface Description {
  readonly title: string
  readonly line: string
  readonly actions: readonly Action[]
}

export interface DescribeOptions {
  readonly policy: FilePolicy
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Whether the app can sign people in. Where it cannot, trying again takes its place. */
  readonly signIn: 'offered' | 'absent'
}

/** Puts the state of an item into words. */
export function describeItem(
  item: UploadItem,
  words: Words,
  { policy, now, signIn }: DescribeOptions,
): Description {
  const { title, line, actions } = tell(item.state, words, { item, policy, now })
  const toAction = (wanted: WayOut): Action => {
    const way = wanted === 'signIn' && signIn === 'absent' ? 'retry' : wanted
    const label = words.labels[way]
    return { way, label, name: words.actionName(label, item.name) }
  }
  return { title, line, actions: actions.map(toAction) }
}

interface Told {
  readonly title: string
  readonly line: string
  readonly actions: readonly WayOut[]
}

/** Finds the entry of a state. A switch, because only a switch tells the compiler that both belong together. */
function tell(state: UploadState, { states }: Words, facts: Facts): Told {
  switch (state.status) {
    case 'queued':
      return fill(states.queued, state, facts)
    case 'checking':
      return fill(states.checking, state, facts)
    case 'preparing':
      return fill(states.preparing, state, facts)
    case 'uploading':
      return fill(states.uploading, state, facts)
    case 'relaying':
      return fill(states.relaying, state, facts)
    case 'parked':
      return fill(states.parked, state, facts)
    case 'processing':
      return fill(states.processing, state, facts)
    case 'still-checking':
      return fill(states['still-checking'], state, facts)
    case 'waiting':
      return fill(states.waiting[state.reason], state, facts)
    case 'restored':
      return fill(states.restored, state, facts)
    case 'not-uploaded':
      return fill(states['not-uploaded'][state.reason], state, facts)
    case 'draft-saved':
      return fill(states['draft-saved'][state.reason], state, facts)
    case 'rejected':
      return fill(states.rejected[state.reason], state, facts)
    case 'done':
      return fill(states.done, state, facts)
    default:
      return state satisfies never
  }
}

function fill<State>({ title, line, actions }: Entry<State>, state: State, facts: Facts): Told {
  return { title: say(title), line: say(line), actions }

  function say(words: string | ((state: State, facts: Facts) => string)): string {
    return typeof words === 'string' ? words : words(state, facts)
  }
}
