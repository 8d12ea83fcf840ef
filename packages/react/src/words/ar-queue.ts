import { photos } from './ar-phrases.ts'
import type { QueueWords } from './words.ts'

/** What is said of the queue as a whole, in Arabic. */
export const arQueue: QueueWords = {
  queued: (count) => `${photos(count, 'subject')} في الانتظار`,
  paused: (count) =>
    count === 0 ? 'متوقف مؤقتًا' : `متوقف مؤقتًا، ${photos(count, 'subject')} في الانتظار`,
  pause: 'إيقاف مؤقت',
  resume: 'متابعة',
  retryAll: 'إعادة محاولة الكل',
}
