import type { PictureWords } from './picture-words.ts'

/** What a picture says, in Arabic. */
export const arPicture: PictureWords = {
  missing: 'غير متاحة الآن',
  unfinished: 'لم تجهز بعد',
}
