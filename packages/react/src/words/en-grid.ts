import { photos, say } from './en-phrases.ts'
import type { GridWords } from './grid-words.ts'

/** What a gallery says, in English. */
export const enGrid: GridWords = {
  name: 'Photos',
  loading: 'Loading photos',
  empty: { title: 'No photos yet', line: 'Photos that are added will be shown here.' },
  failed: {
    title: 'Photos cannot be listed right now',
    lines: {
      server: 'We cannot reach our server. Nothing is lost, and you can try again.',
      'image-host': 'Our image host is having trouble. Nothing is lost, and you can try again.',
      fault: 'There is a fault on our side, and trying again now may not help. Nothing is lost.',
      'too-many': 'There were many requests in a short time. Wait a moment, then try again.',
      'signed-out': 'You have been signed out. Sign in to see them.',
      'not-allowed': 'You cannot see photos here.',
    },
  },
  retry: 'Try again',
  signIn: 'Sign in',
  more: 'Show more',
  loadingMore: 'Getting more',
  moreFailed: 'We could not get more photos. Those above are still here.',
  end: (count) => `That is all: ${photos(count)}.`,
  arrived: (count) => (count === 1 ? '1 more photo' : `${say.number(count)} more photos`),
  selected: (count, total) => `${say.number(count)} of ${say.number(total)} selected`,
  selectAll: 'Select all',
  clear: 'Clear selection',
}
