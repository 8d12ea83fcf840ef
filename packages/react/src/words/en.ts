import { enQueue } from './en-queue.ts'
import { enStates } from './en-states.ts'
import { photos, say, typeList } from './en-phrases.ts'
import type { Words } from './words.ts'

/** The reference for other languages: plain, short, present tense; nobody is blamed. */
export const en: Words = {
  states: enStates,
  labels: {
    cancel: 'Cancel',
    retry: 'Try again',
    tryNow: 'Try now',
    remove: 'Remove',
    discard: 'Discard',
    chooseAnother: 'Choose another',
    checkNow: 'Check now',
    upload: 'Upload',
    signIn: 'Sign in',
  },
  actionName: (label, filename) => `${label}, ${filename}`,
  zone: {
    choose: (maxFiles) => (maxFiles === 1 ? 'Choose a photo' : 'Choose photos'),
    takePhoto: 'Take a photo',
    drop: (maxFiles) => (maxFiles === 1 ? 'or drop it here' : 'or drop them here'),
    limits: ({ types, maxBytes }) => `${typeList(types)}, up to ${say.size(maxBytes)}`,
    leftOut: (count, maxFiles) =>
      `There is room for ${photos(maxFiles)}. ${say.number(count)} ${count === 1 ? 'was' : 'were'} left out.`,
  },
  list: 'Photos',
  queue: enQueue,
  progress: {
    name: (title, filename) => `${title}, ${filename}`,
    value: (loadedBytes, totalBytes) => say.sizes(loadedBytes, totalBytes, ' of '),
  },
  announcements: {
    started: (count, filename) =>
      count === 1 ? `Uploading ${filename}.` : `Uploading ${photos(count)}.`,
    half: (filename) => `${filename} is half uploaded.`,
    settled: (filename, title, line) => [`${filename}: ${title}.`, line].join(' ').trim(),
    removed: (filename) => `${filename} removed.`,
  },
  toasts: {
    region: 'Photo uploads ({hotkey})',
    close: 'Close',
    elsewhere: (actionName) => `${actionName}, in the list of photos`,
  },
}
