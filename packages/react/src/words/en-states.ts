import {
  chooseOne,
  day,
  overLimit,
  megapixels,
  pixels,
  say,
  timeLeft,
  tryAgain,
  tryingAgain,
} from './en-phrases.ts'
import { isolate } from './isolate.ts'
import type { StateWords } from './words.ts'

/** What is said in each state, in English. */
export const enStates: StateWords = {
  queued: { title: 'Waiting its turn', line: '', actions: ['cancel'] },
  checking: { title: 'Checking', line: '', actions: ['cancel'] },
  preparing: { title: 'Getting ready', line: '', actions: ['cancel'] },
  uploading: {
    title: 'Uploading',
    line: ({ loadedBytes, totalBytes, remainingMs }) =>
      `${say.sizes(loadedBytes, totalBytes, ' of ')}${timeLeft(remainingMs)}`,
    actions: ['cancel'],
  },
  relaying: {
    title: 'Taking another route',
    line: 'Our image host is slow to answer, so we are sending it ourselves.',
    actions: ['cancel'],
  },
  parked: {
    title: 'Saved, it will finish by itself',
    line: 'Our image host is having trouble. We have your photo and will send it on. You can close this page.',
    actions: ['remove'],
  },
  processing: {
    title: 'Almost there',
    line: 'Waiting for the photo to be ready.',
    actions: [],
  },
  'still-checking': {
    title: 'Arrived, still checking',
    line: 'Your photo is safe with us. You can carry on.',
    actions: ['checkNow'],
  },
  waiting: {
    offline: {
      title: 'Waiting for a connection',
      line: 'You are offline. We will go on when you are back.',
      actions: ['remove'],
    },
    circuit: paused(['tryNow', 'remove']),
    // The limit is not ours to try: whoever asks before its time makes it last longer.
    rate: paused(['remove']),
    limit: { ...paused(['remove']), line: 'You have added many photos in a short time.' },
  },
  restored: {
    title: 'A photo is waiting here',
    line: (_, { item, now }) =>
      `You chose ${isolate(item.name)} ${day(item.pickedAt, now)}. Its upload has not finished.`,
    actions: ['upload', 'discard'],
  },
  'not-uploaded': {
    'image-host': notUploaded('We cannot reach our image host.'),
    server: notUploaded('We cannot reach our server.'),
    fault: {
      title: 'Not uploaded',
      line: 'There is a fault on our side, and trying again now will not help. Your photo is still here.',
      actions: ['retry', 'remove'],
    },
    'not-allowed': {
      title: 'Not uploaded',
      line: 'You cannot add photos here.',
      actions: ['remove'],
    },
    'too-many': {
      title: 'Not uploaded',
      line: ({ retryAt }, { now }) =>
        `You have added many photos in a short time. Your photo is still here. ${tryAgain(retryAt, now)}`,
      actions: ['retry', 'remove'],
    },
    'signed-out': {
      title: 'Not uploaded',
      line: 'You have been signed out. Sign in, and your photo will still be here.',
      actions: ['signIn', 'remove'],
    },
  },
  'draft-saved': {
    kept: {
      title: 'Kept on this device',
      line: 'The upload did not finish. You will not have to choose it again.',
      actions: ['retry', 'discard'],
    },
    'no-room': {
      title: 'The upload did not finish',
      line: 'This device has no room to keep a copy, so leave this page open.',
      actions: ['retry', 'discard'],
    },
    unavailable: {
      title: 'The upload did not finish',
      line: 'No copy is kept on this device, so leave this page open.',
      actions: ['retry', 'discard'],
    },
  },
  rejected: {
    empty: rejected('This file is empty', () => 'There is no photo in it.'),
    'too-large': rejected('This photo is too large', ({ failure }, { item, policy }) =>
      overLimit(failure.measure ?? { actual: item.sizeBytes, limit: policy.maxBytes }, {
        subject: 'It is',
        write: say.size,
      }),
    ),
    type: rejected('This kind of file does not work', (_, { policy }) => chooseOne(policy.types)),
    damaged: rejected('This file seems damaged', () => 'We could not read it as a photo.'),
    dimensions: rejected('This photo has too many pixels', ({ failure }, { policy }) =>
      overLimit(failure.measure ?? { limit: policy.maxDimension }, {
        subject: 'Its longer side is',
        write: pixels,
      }),
    ),
    pixels: rejected('This photo has too many pixels', ({ failure }, { policy }) =>
      overLimit(failure.measure ?? { limit: policy.maxPixels }, {
        subject: 'It has',
        write: megapixels,
      }),
    ),
    animation: rejected('This animation is too large', ({ failure }, { policy }) =>
      overLimit(failure.measure ?? { limit: policy.maxAnimationPixels }, {
        subject: 'All its frames together have',
        write: megapixels,
      }),
    ),
    'by-host': rejected('This photo could not be used', () => 'The image host could not read it.'),
  },
  done: { title: 'Uploaded', line: '', actions: [] },
}

type Waiting = StateWords['waiting']['circuit']
type NotUploaded = StateWords['not-uploaded']['server']
type Rejected = StateWords['rejected']['empty']

function paused(actions: Waiting['actions']): Waiting {
  return {
    title: ({ retryAt }, { now }) => tryingAgain(retryAt, now),
    line: 'Our image host asked for a pause.',
    actions,
  }
}

function notUploaded(cause: string): NotUploaded {
  return {
    title: 'Not uploaded',
    line: ({ retryAt }, { now }) =>
      `${cause} Nothing was sent, and your photo is still here. ${tryAgain(retryAt, now)}`,
    actions: ['retry', 'remove'],
  }
}

function rejected(title: string, line: Exclude<Rejected['line'], string>): Rejected {
  return { title, line, actions: ['chooseAnother', 'remove'] }
}
