import { day, photos, say } from './en-phrases.ts'
import type { FormWords } from './form-words.ts'
import type { TrayWords } from './tray-words.ts'

export const enForm: FormWords = {
  missing: (maxFiles) => (maxFiles === 1 ? 'Choose a photo.' : 'Choose at least one photo.'),
  pending: (count) =>
    `${photos(count)} ${count === 1 ? 'is' : 'are'} still on ${count === 1 ? 'its' : 'their'} way. Send the form again in a moment.`,
  unfinished: (count) =>
    count === 1
      ? '1 photo has not been uploaded. Try again or remove it.'
      : `${photos(count)} have not been uploaded. Try again or remove them.`,
  kept: 'Photos in this form',
  uploaded: 'Uploaded',
  parked: 'Saved, it will finish by itself',
  unnamed: (place) => `Photo ${place}`,
}

export const enTray: TrayWords = {
  waiting: (count) =>
    count === 1 ? 'A photo is waiting here' : `${photos(count)} are waiting here`,
  line: (count) =>
    count === 1
      ? 'You chose it earlier. Its upload has not finished.'
      : 'You chose them earlier. Their uploads have not finished.',
  chosen: ({ pickedAt, sizeBytes }, now) => `Chosen ${day(pickedAt, now)}, ${say.size(sizeBytes)}`,
  uploadAll: 'Upload all',
  discardAll: 'Discard all',
  confirm: 'The copies on this device will be deleted.',
  confirmed: (count) => `Discard ${photos(count)}`,
  keep: 'Keep waiting',
  discarded: (count) => `${photos(count)} discarded.`,
}
