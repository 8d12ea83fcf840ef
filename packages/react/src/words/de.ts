/** Everything in German, an entry of its own: who does not use it does not carry it. */
import { deAvatar } from './de-avatar.ts'
import { deCrop } from './de-crop.ts'
import { deForm, deTray } from './de-form.ts'
import { deGrid } from './de-grid.ts'
import { dePicture } from './de-picture.ts'
import { deQueue } from './de-queue.ts'
import { deStates } from './de-states.ts'
import { photos, say, typeList } from './de-phrases.ts'
import type { Language } from './language.ts'

/** Speaks German, with an informal and quiet `du`. */
export const de: Language = {
  states: deStates,
  labels: {
    cancel: 'Abbrechen',
    retry: 'Erneut versuchen',
    tryNow: 'Jetzt versuchen',
    remove: 'Entfernen',
    discard: 'Verwerfen',
    chooseAnother: 'Anderes auswählen',
    checkNow: 'Jetzt prüfen',
    upload: 'Hochladen',
    signIn: 'Anmelden',
  },
  actionName: (label, filename) => `${label}, ${filename}`,
  zone: {
    choose: (maxFiles) => (maxFiles === 1 ? 'Foto auswählen' : 'Fotos auswählen'),
    takePhoto: 'Foto aufnehmen',
    drop: () => 'oder hierher ziehen',
    limits: ({ types, maxBytes }) => `${typeList(types)}, bis ${say.size(maxBytes)}`,
    leftOut: (count, maxFiles) =>
      `Hier ist Platz für ${photos(maxFiles)}. ${say.number(count)} ${count === 1 ? 'wurde' : 'wurden'} ausgelassen.`,
  },
  list: 'Fotos',
  queue: deQueue,
  progress: {
    name: (title, filename) => `${title}, ${filename}`,
    value: (loadedBytes, totalBytes) => say.sizes(loadedBytes, totalBytes, ' von '),
  },
  announcements: {
    started: (count, filename) =>
      count === 1 ? `${filename} wird hochgeladen.` : `${photos(count)} werden hochgeladen.`,
    half: (filename) => `${filename} ist zur Hälfte hochgeladen.`,
    settled: (filename, title, line) => [`${filename}: ${title}.`, line].join(' ').trim(),
    removed: (filename) => `${filename} entfernt.`,
  },
  avatar: deAvatar,
  crop: deCrop,
  form: deForm,
  grid: deGrid,
  picture: dePicture,
  tray: deTray,
  toasts: {
    region: 'Meldungen zu Fotos ({hotkey})',
    close: 'Schließen',
    elsewhere: (actionName) => `${actionName}, in der Liste der Fotos`,
  },
}
