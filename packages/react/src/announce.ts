import type { UploadItem } from './upload/upload-state.ts'
import { isFailed } from './upload/status-kind.ts'
import { describeItem } from './words/describe-item.ts'
import type { DescribeOptions } from './words/describe-item.ts'
import type { Words } from './words/words.ts'

/** What is to be said aloud, `polite` after what is being read and `assertive` at once. Empty: nothing. */
export interface Announcement {
  readonly polite: string
  readonly assertive: string
}

/** With so many in the queue, what goes well or goes on by itself is not told of each. */
const LONG_QUEUE = 10

/**
 * Says what changed between two looks at the list: starts (in one sentence for all that were picked together, with those that
 * wait for their turn, and none for each that follows), halves, ends and failures. Progress between them is left unsaid,
 * so that nobody is talked at; for the same reason a long queue is told of only when it is half as long as it was.
 */
export function announce(
  before: readonly UploadItem[],
  after: readonly UploadItem[],
  { words, ...options }: DescribeOptions & { readonly words: Words },
): Announcement {
  const earlier = new Map(before.map((item) => [item.id, item]))
  const later = new Set(after.map((item) => item.id))
  const pick = (change: Change): readonly UploadItem[] =>
    after.filter((item) => changeOf(earlier.get(item.id), item) === change)
  const settled = (item: UploadItem): string => {
    const { title, line } = describeItem(item, words, options)
    return words.announcements.settled(item.name, title, line)
  }

  const isFirst = (item: UploadItem): boolean =>
    before.every((other) => isUnsent(other) || !isMate(item, other))
  const queued = countQueued(after)
  const isLong = queued >= LONG_QUEUE
  // It has come by 256, 128, 64 and so on: a number half as large has one bit less.
  const isHalved = Math.clz32(countQueued(before)) < Math.clz32(queued)
  const isNews = ({ state }: UploadItem): boolean =>
    isFailed(state.status) ||
    (state.status !== 'done' && before.every((other) => other.state.status !== state.status))
  const ends = pick('settled').filter((item) => !isLong || isNews(item))
  const gone = before.filter((item) => !later.has(item.id) && item.state.status !== 'done')
  return {
    polite: sentences(
      pick('started')
        .filter(isFirst)
        .slice(0, 1)
        .map((first) => {
          const together = after.filter((item) => isMate(first, item))
          return words.announcements.started(together.length, first.name)
        }),
      isLong ? [] : pick('half').map(({ name }) => words.announcements.half(name)),
      isLong && isHalved ? [words.queue.queued(queued)] : [],
      gone.map(({ name }) => words.announcements.removed(name)),
      ends.filter((item) => item.state.status !== 'rejected').map(settled),
    ),
    assertive: sentences(ends.filter((item) => item.state.status === 'rejected').map(settled)),
  }
}

type Change = 'none' | 'started' | 'half' | 'settled'

function changeOf(before: UploadItem | undefined, after: UploadItem): Change {
  const { state } = after
  if (before?.state === state) return 'none'
  // A second failure is news, although its words may be the same.
  if (isFailed(state.status)) return 'settled'
  if (before?.state.status === state.status) return crossedHalf(before, after) ? 'half' : 'none'
  if (state.status === 'uploading') return state.attempt === 1 ? 'started' : 'none'
  return speaking.includes(state.status) ? 'settled' : 'none'
}

const speaking: readonly string[] = [
  'still-checking',
  'parked',
  'waiting',
  'restored',
  'done',
] satisfies UploadItem['state']['status'][]

function crossedHalf(before: UploadItem, after: UploadItem): boolean {
  return share(before) < 0.5 && share(after) >= 0.5 && share(after) < 1
}

function countQueued(items: readonly UploadItem[]): number {
  return items.filter(({ state }) => state.status === 'queued').length
}

const share = ({ state }: UploadItem): number =>
  state.status === 'uploading' ? state.loadedBytes / state.totalBytes : 0

/** The files of one pick come one right after the other. */
const PICK_MS = 1000

/** Whether a mate, which has not failed, was picked together with an item. */
const isMate = (item: UploadItem, mate: UploadItem): boolean =>
  Math.abs(item.pickedAt - mate.pickedAt) < PICK_MS && !isFailed(mate.state.status)

const isUnsent = ({ state }: UploadItem): boolean =>
  ['queued', 'checking', 'preparing'].includes(state.status)

const sentences = (...groups: readonly string[][]): string => groups.flat().join(' ')
