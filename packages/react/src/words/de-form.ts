import { day, photos, say } from './de-phrases.ts'
import type { FormWords } from './form-words.ts'
import type { TrayWords } from './tray-words.ts'

export const deForm: FormWords = {
  missing: (maxFiles) =>
    maxFiles === 1 ? 'Wähle ein Foto aus.' : 'Wähle mindestens ein Foto aus.',
  pending: (count) =>
    `${photos(count)} ${count === 1 ? 'ist' : 'sind'} noch unterwegs. Sende das Formular gleich noch einmal.`,
  unfinished: (count) =>
    count === 1
      ? '1 Foto ist nicht hochgeladen. Versuch es noch einmal oder entferne es.'
      : `${photos(count)} sind nicht hochgeladen. Versuch es noch einmal oder entferne sie.`,
  kept: 'Fotos in diesem Formular',
  uploaded: 'Hochgeladen',
  parked: 'Gesichert, wird von selbst fertig',
  unnamed: (place) => `Foto ${place}`,
}

export const deTray: TrayWords = {
  waiting: (count) => (count === 1 ? 'Hier wartet ein Foto' : `Hier warten ${photos(count)}`),
  line: (count) =>
    count === 1
      ? 'Du hast es früher ausgewählt. Es ist noch nicht fertig hochgeladen.'
      : 'Du hast sie früher ausgewählt. Sie sind noch nicht fertig hochgeladen.',
  chosen: ({ pickedAt, sizeBytes }, now) =>
    `Ausgewählt ${day(pickedAt, now)}, ${say.size(sizeBytes)}`,
  uploadAll: 'Alle hochladen',
  discardAll: 'Alle verwerfen',
  confirm: 'Die Kopien auf diesem Gerät werden gelöscht.',
  confirmed: (count) => `${photos(count)} verwerfen`,
  keep: 'Weiter warten lassen',
  discarded: (count) => `${photos(count)} verworfen.`,
}
