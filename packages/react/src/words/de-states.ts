import {
  day,
  megapixels,
  overLimit,
  pixels,
  say,
  timeLeft,
  tryAgain,
  tryingAgain,
  typeList,
} from './de-phrases.ts'
import { isolate } from './isolate.ts'
import type { StateWords } from './words.ts'

/** What is said in each state, in German. */
export const deStates: StateWords = {
  queued: { title: 'In der Warteschlange', line: '', actions: ['cancel'] },
  checking: { title: 'Wird geprüft', line: '', actions: ['cancel'] },
  preparing: { title: 'Wird vorbereitet', line: '', actions: ['cancel'] },
  uploading: {
    title: 'Wird hochgeladen',
    line: ({ loadedBytes, totalBytes, remainingMs }) =>
      `${say.sizes(loadedBytes, totalBytes, ' von ')}${timeLeft(remainingMs)}`,
    actions: ['cancel'],
  },
  relaying: {
    title: 'Auf anderem Weg',
    line: 'Unser Bilddienst antwortet langsam, deshalb senden wir das Foto selbst weiter.',
    actions: ['cancel'],
  },
  parked: {
    title: 'Gesichert, wird von selbst fertig',
    line: 'Unser Bilddienst hat gerade Schwierigkeiten. Wir haben dein Foto und senden es weiter. Du kannst diese Seite schließen.',
    actions: ['remove'],
  },
  processing: {
    title: 'Gleich fertig',
    line: 'Wir warten, bis das Foto bereit ist.',
    actions: [],
  },
  'still-checking': {
    title: 'Angekommen, wird noch geprüft',
    line: 'Dein Foto ist sicher bei uns. Du kannst weitermachen.',
    actions: ['checkNow'],
  },
  waiting: {
    offline: {
      title: 'Wartet auf eine Verbindung',
      line: 'Du bist offline. Es geht weiter, sobald du wieder verbunden bist.',
      actions: ['remove'],
    },
    circuit: paused(['tryNow', 'remove']),
    rate: paused(['remove']),
    limit: { ...paused(['remove']), line: 'Du hast in kurzer Zeit viele Fotos hinzugefügt.' },
  },
  restored: {
    title: 'Hier wartet ein Foto',
    line: (_, { item, now }) =>
      `Du hast ${isolate(item.name)} ${day(item.pickedAt, now)} ausgewählt. Es ist noch nicht fertig hochgeladen.`,
    actions: ['upload', 'discard'],
  },
  'not-uploaded': {
    'image-host': notUploaded('Wir erreichen unseren Bilddienst nicht.'),
    server: notUploaded('Wir erreichen unseren Server nicht.'),
    fault: {
      title: 'Nicht hochgeladen',
      line: 'Der Fehler liegt bei uns, und ein neuer Versuch hilft gerade nicht. Dein Foto ist noch hier.',
      actions: ['retry', 'remove'],
    },
    'not-allowed': {
      title: 'Nicht hochgeladen',
      line: 'Du kannst hier keine Fotos hinzufügen.',
      actions: ['remove'],
    },
    'too-many': {
      title: 'Nicht hochgeladen',
      line: ({ retryAt }, { now }) =>
        `Du hast in kurzer Zeit viele Fotos hinzugefügt. Dein Foto ist noch hier. ${tryAgain(retryAt, now)}`,
      actions: ['retry', 'remove'],
    },
    'signed-out': {
      title: 'Nicht hochgeladen',
      line: 'Du bist abgemeldet. Melde dich an, dein Foto ist dann noch hier.',
      actions: ['signIn', 'remove'],
    },
  },
  'draft-saved': {
    kept: {
      title: 'Auf diesem Gerät aufbewahrt',
      line: 'Das Hochladen wurde nicht fertig. Du musst das Foto nicht noch einmal auswählen.',
      actions: ['retry', 'discard'],
    },
    'no-room': {
      title: 'Das Hochladen wurde nicht fertig',
      line: 'Auf diesem Gerät ist kein Platz für eine Kopie, lass diese Seite also offen.',
      actions: ['retry', 'discard'],
    },
    unavailable: {
      title: 'Das Hochladen wurde nicht fertig',
      line: 'Auf diesem Gerät wird keine Kopie aufbewahrt, lass diese Seite also offen.',
      actions: ['retry', 'discard'],
    },
  },
  rejected: {
    empty: rejected('Diese Datei ist leer', () => 'Es ist kein Foto darin.'),
    'too-large': rejected('Dieses Foto ist zu groß', ({ failure }, { item, policy }) =>
      overLimit(failure.measure ?? { actual: item.sizeBytes, limit: policy.maxBytes }, {
        subject: 'Es hat',
        write: say.size,
      }),
    ),
    type: rejected(
      'Diese Art von Datei geht hier nicht',
      (_, { policy }) => `Möglich sind ${typeList(policy.types)}.`,
    ),
    damaged: rejected(
      'Diese Datei scheint beschädigt',
      () => 'Wir konnten sie nicht als Foto lesen.',
    ),
    dimensions: rejected('Dieses Foto hat zu viele Pixel', ({ failure }, { policy }) =>
      overLimit(failure.measure ?? { limit: policy.maxDimension }, {
        subject: 'Seine längere Seite hat',
        write: pixels,
      }),
    ),
    pixels: rejected('Dieses Foto hat zu viele Pixel', ({ failure }, { policy }) =>
      overLimit(failure.measure ?? { limit: policy.maxPixels }, {
        subject: 'Es hat',
        write: megapixels,
      }),
    ),
    animation: rejected('Diese Animation ist zu groß', ({ failure }, { policy }) =>
      overLimit(failure.measure ?? { limit: policy.maxAnimationPixels }, {
        subject: 'Alle ihre Bilder zusammen haben',
        write: megapixels,
      }),
    ),
    'by-host': rejected(
      'Dieses Foto ließ sich nicht verwenden',
      () => 'Der Bilddienst konnte es nicht lesen.',
    ),
  },
  done: { title: 'Hochgeladen', line: '', actions: [] },
}

type Waiting = StateWords['waiting']['circuit']
type NotUploaded = StateWords['not-uploaded']['server']
type Rejected = StateWords['rejected']['empty']

function paused(actions: Waiting['actions']): Waiting {
  return {
    title: ({ retryAt }, { now }) => tryingAgain(retryAt, now),
    line: 'Unser Bilddienst hat um eine Pause gebeten.',
    actions,
  }
}

function notUploaded(cause: string): NotUploaded {
  return {
    title: 'Nicht hochgeladen',
    line: ({ retryAt }, { now }) =>
      `${cause} Es wurde nichts gesendet, und dein Foto ist noch hier. ${tryAgain(retryAt, now)}`,
    actions: ['retry', 'remove'],
  }
}

function rejected(title: string, line: Exclude<Rejected['line'], string>): Rejected {
  return { title, line, actions: ['chooseAnother', 'remove'] }
}
