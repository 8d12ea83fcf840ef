import type { PictureWords } from './picture-words.ts'

/** What a picture says, in German. */
export const dePicture: PictureWords = {
  missing: 'Gerade nicht zu sehen',
  unfinished: 'Noch nicht fertig',
}
