import { photos } from './de-phrases.ts'
import type { QueueWords } from './words.ts'

/** What is said of the queue as a whole, in German. */
export const deQueue: QueueWords = {
  queued: (count) => `${photos(count)} in der Warteschlange`,
  paused: (count) =>
    count === 0 ? 'Angehalten' : `Angehalten, ${photos(count)} in der Warteschlange`,
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  retryAll: 'Alle erneut versuchen',
}
