import { photos } from './en-phrases.ts'
import type { QueueWords } from './words.ts'

/** What is said of the queue as a whole, in English. */
export const enQueue: QueueWords = {
  queued: (count) => `${photos(count)} waiting`,
  paused: (count) => (count === 0 ? 'Paused' : `Paused, ${photos(count)} waiting`),
  pause: 'Pause',
  resume: 'Go on',
  retryAll: 'Try all again',
}
