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
 * Says what changed between two looks at the list: starts (in one sentence, however many, with those that
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
  const changes = after.map((item) => ({ item, change: changeOf(earlier.get(item.id), item) }))
  const pick = (change: Change): UploadItem[] =>
    changes.filter((entry) => entry.change === change).map(({ item }) => item)
  const settled = (item: UploadItem): string => {
    const { title, line } = describeItem(item, words, options)
    return words.announcements.settled(item.name, title, line)
  }

  const started = before.some(isSent) ? [] : pick('started')
  const queued = countQueued(after)
  const isLong = queued >= LONG_QUEUE
  // It has come by 256, 128, 64 and so on: a number half as large has one bit less.
  const isHalved = Math.clz32(countQueued(before)) < Math.clz32(queued)
  const isNews = ({ state }: UploadItem): boolean =>
    isFailed(state.status) ||
    (state.status !== 'done' && !before.some((other) => other.state.status === state.status))
  const ends = pick('settled').filter((item) => !isLong || isNews(item))
  const gone = before.filter((item) => !later.has(item.id) && item.state.status !== 'done')
  return {
    polite: sentences(
      started
        .slice(0, 1)
        .map(({ name }) => words.announcements.started(started.length + queued, name)),
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

const isSent = ({ state }: UploadItem): boolean =>
  state.status === 'uploading' || state.status === 'relaying'

const sentences = (...groups: readonly string[][]): string => groups.flat().join(' ')
