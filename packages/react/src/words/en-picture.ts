import type { PictureWords } from './picture-words.ts'

/** What a picture says, in English. On its own, so that a picture does not bring all the other words. */
export const enPicture: PictureWords = {
  missing: 'Cannot be shown right now',
  unfinished: 'Not ready yet',
}
