import { defaultFilePolicy, failures, isFailureCode } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import { exampleFailure, exampleItem, exampleNow, exampleStates } from '../upload/examples.ts'
import type { UploadState } from '../upload/upload-state.ts'
import { photos, pixels, typeList } from './ar-phrases.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { describeItem } from './describe-item.ts'
import type { Description } from './describe-item.ts'
import { enForm } from './en-form.ts'
import { en } from './en.ts'
import type { Words } from './words.ts'

const options = { policy: defaultFilePolicy, now: exampleNow, signIn: 'offered' } as const

const tell = (state: UploadState, words: Words): Description =>
  describeItem(exampleItem(state), words, options)

const codes = Object.keys(failures).filter(isFailureCode)
const failed = codes.flatMap((code) =>
  (['kept', 'no-room', 'unavailable'] as const).map((draft) => exampleFailure(code, draft)),
)

const titlesOf = (status: UploadState['status'], words: Words): Set<string> =>
  new Set(
    failed.filter((state) => state.status === status).map((state) => tell(state, words).title),
  )

describe.each([
  ['English', en, enForm],
  ['German', de, de.form],
  ['Arabic', ar, ar.form],
])('%s', (_, words, form) => {
  it('says something of its own in each state', () => {
    const said = Object.values(exampleStates).map((state) => {
      const { title, line } = tell(state, words)
      return `${title} ${line}`
    })
    expect(said.every((sentence) => sentence.trim() !== '')).toBe(true)
    expect(new Set(said).size).toBe(said.length)
  })

  it('says of a photo that a form keeps what its row has said', () => {
    expect(form.parked).toBe(tell(exampleStates.parked, words).title)
    expect(form.uploaded).toBe(tell(exampleStates.done, words).title)
  })

  it('never mixes the words of the three failure states', () => {
    const [notUploaded, draftSaved, rejected] = (
      ['not-uploaded', 'draft-saved', 'rejected'] as const
    ).map((status) => titlesOf(status, words))
    expect(notUploaded?.size).toBe(1)
    for (const title of notUploaded ?? []) expect([...(draftSaved ?? [])]).not.toContain(title)
    for (const title of rejected ?? [])
      expect([...(notUploaded ?? []), ...(draftSaved ?? [])]).not.toContain(title)
  })

  it('tells each wait apart', () => {
    const { waiting } = exampleStates
    const offline = { ...waiting, reason: 'offline', retryAt: null } as const
    const waits = [offline, waiting, { ...waiting, retryAt: exampleNow + 8000 }]
    const said = [...waits, { ...waiting, retryAt: exampleNow }].map(
      (state) => tell(state, words).title,
    )
    expect(new Set(said).size).toBe(4)
    expect(said[1]).toMatch(/\b0?2:32|14:32/)
    expect(said[2]).toContain('8')
  })

  it('says how many wait, paused or not', () => {
    const { queued, paused } = words.queue
    const said = [queued(1), queued(2), queued(3), queued(11), paused(0), paused(1), paused(3)]
    expect(new Set(said).size).toBe(said.length)
  })

  it('offers the same ways out as English', () => {
    for (const state of [...failed, ...Object.values(exampleStates)]) {
      const ways = tell(state, words).actions.map(({ way }) => way)
      expect(ways).toEqual(tell(state, en).actions.map(({ way }) => way))
    }
  })

  it('names each way out by another label', () => {
    expect(new Set(Object.values(words.labels)).size).toBe(Object.keys(words.labels).length)
  })

  it('begins the name of a button with what is seen on it', () => {
    for (const { label, name } of tell(exampleStates['not-uploaded'], words).actions)
      expect(name.startsWith(label) && name.endsWith('beach.jpg')).toBe(true)
  })

  it('stays calm', () => {
    const lines = failed.map((state) => Object.values(tell(state, words)).join(' '))
    expect(lines.filter((line) => /[!¡]|undefined|NaN|\bnull\b/u.test(line))).toEqual([])
  })

  it('keeps the name in a drawn line in its own direction', () => {
    expect(tell(exampleStates.restored, words).line).toContain('\u2068beach.jpg\u2069')
  })
})

describe('German figures', () => {
  it.each([
    [exampleStates.uploading, '1,2 von 4,0 MB, noch etwa 8 Sekunden'],
    [exampleStates.rejected, 'Es hat 14,2 MB. Erlaubt sind 10,0 MB.'],
    [
      exampleFailure('dimensions_too_large'),
      'Seine längere Seite hat 14.000 Pixel. Erlaubt sind 12.000 Pixel.',
    ],
    [exampleFailure('file_type_unsupported'), 'Möglich sind JPEG, PNG, WebP, GIF oder SVG.'],
    [
      exampleStates.restored,
      'Du hast \u2068beach.jpg\u2069 am Dienstag ausgewählt. Es ist noch nicht fertig hochgeladen.',
    ],
  ])('of $status', (state, line) => {
    expect(tell(state, de).line).toBe(line)
  })

  it('name the clock time of a wait, and count down its last minute', () => {
    const { waiting } = exampleStates
    expect(tell(waiting, de).title).toBe('Neuer Versuch um 14:32 Uhr')
    const soon = { ...waiting, retryAt: exampleNow + 8000 }
    expect(tell(soon, de).title).toBe('Neuer Versuch in 8 Sekunden')
    expect(tell(soon, ar).title).toBe('محاولة جديدة، المتبقي 8 ثوان')
  })

  it('name the clock time', () => {
    expect(tell(exampleStates['not-uploaded'], de).line).toContain('um 14:32 Uhr')
  })
})

describe('Arabic counts', () => {
  it.each([
    [0, 'لا صور', 'لا صور'],
    [1, 'صورة واحدة', 'صورة واحدة'],
    [2, 'صورتان', 'صورتين'],
    [3, '3 صور', '3 صور'],
    [10, '10 صور', '10 صور'],
    [11, '11 صورة', '11 صورة'],
    [99, '99 صورة', '99 صورة'],
    [100, '100 صورة', '100 صورة'],
    [103, '103 صور', '103 صور'],
  ])('%d', (count, subject, object) => {
    expect([photos(count, 'subject'), photos(count, 'object')]).toEqual([subject, object])
  })

  it('follow the noun that is counted', () => {
    expect([pixels(12_000), pixels(12_003)]).toEqual(['12,000 بكسل', '12,003 بكسلات'])
  })

  it('stand in the sentences', () => {
    expect(ar.zone.leftOut(3, 2)).toBe('الحد الأقصى صورتان. لم تُضف 3 صور.')
    expect(ar.announcements.started(2, 'beach.jpg')).toBe('جارٍ رفع صورتين.')
    expect(ar.announcements.started(1, 'beach.jpg')).toBe('جارٍ رفع beach.jpg.')
  })
})

describe('Arabic lines', () => {
  it('keep Latin words that follow each other apart, so that the first is read first', () => {
    expect(typeList(['image/jpeg', 'image/png'])).toBe('\u2068JPEG\u2069 أو \u2068PNG\u2069')
  })

  it('tell durations in their own plural forms', () => {
    const times = [1000, 2000, 8000, 15_000]
    const states = times.map((remainingMs) => ({ ...exampleStates.uploading, remainingMs }))
    expect(states.map((state) => tell(state, ar).line)).toEqual([
      '1.2 من 4.0 ميغابايت، المتبقي ثانية تقريبًا',
      '1.2 من 4.0 ميغابايت، المتبقي ثانيتان تقريبًا',
      '1.2 من 4.0 ميغابايت، المتبقي 8 ثوان تقريبًا',
      '1.2 من 4.0 ميغابايت، المتبقي 15 ثانية تقريبًا',
    ])
  })
})
