/** Holds every error number the emulator speaks, and how sure we are of it. */
import { RefusedError } from './refusal.ts'
import type { EmulatorSettings } from './settings.ts'

/** Says who vouches: Cloudflare's pages or schema, somebody's live account, or nobody yet. */
export type Certainty = 'documented' | 'observed' | 'assumed'

/** Describes one error number. */
export interface CodeFacts {
  readonly status: number
  readonly message: string
  /** Of the number and what it stands for. */
  readonly certainty: Certainty
  readonly statusCertainty: Certainty
  readonly source: string
}

const clients = 'public API clients that read this number'
const schema = 'https://developers.cloudflare.com/api/resources/images/'
const errorsPage = 'https://developers.cloudflare.com/images/reference/errors/'
const matters = 'https://github.com/thematters/matters-web/pull/6017'
const limitsPage = 'https://developers.cloudflare.com/images/get-started/limits/'

/** Lists the numbers of the API and of the upload host. */
const apiCodes = {
  5400: {
    status: 400,
    message: 'Bad request',
    certainty: 'documented',
    statusCertainty: 'documented',
    source: schema,
  },
  5401: {
    status: 404,
    message: 'Variant not found',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  5403: {
    status: 403,
    message: 'The account is invalid or not authorised for this service',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  5404: {
    status: 404,
    message: 'Image not found',
    certainty: 'observed',
    statusCertainty: 'observed',
    source: matters,
  },
  5408: {
    status: 408,
    message: 'The client sends the upload too slowly',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  5411: {
    status: 400,
    message: 'The custom ID is invalid',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  5413: {
    status: 413,
    message: 'The image exceeds the limit of 10 MB',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  5415: {
    status: 415,
    message: 'Images must be uploaded as a form, not as raw image data',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  5443: {
    status: 400,
    message: 'The frames of the animation exceed 100 megapixels',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  5453: {
    status: 403,
    message: 'The account has reached a service limit',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  5454: {
    status: 400,
    message: 'The image cannot be fetched from the url',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  5455: {
    status: 415,
    message:
      'Uploaded image must have image/jpeg, image/png, image/webp, image/gif or image/svg+xml content-type',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  7003: {
    status: 404,
    message: 'Could not route to the path, perhaps your object identifier is invalid?',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  9413: {
    status: 400,
    message: 'The image exceeds 100 megapixels or 12,000 pixels on a side',
    certainty: 'assumed',
    statusCertainty: 'assumed',
    source: limitsPage,
  },
  9422: {
    status: 415,
    message: 'The image cannot be decoded: the file may be incomplete or damaged',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
  10000: {
    status: 401,
    message: 'Authentication error',
    certainty: 'observed',
    statusCertainty: 'assumed',
    source: clients,
  },
} as const satisfies Record<number, CodeFacts>

/** Lists the numbers of the delivery host. */
const deliveryCodes = {
  9401: {
    status: 400,
    message: 'Missing or invalid resizing parameters',
    certainty: 'documented',
    statusCertainty: 'documented',
    source: errorsPage,
  },
  9425: {
    status: 403,
    message: 'Image access denied',
    certainty: 'documented',
    statusCertainty: 'documented',
    source: errorsPage,
  },
  9426: {
    status: 403,
    message: 'The URL of imagedelivery.net has invalid text part',
    certainty: 'documented',
    statusCertainty: 'documented',
    source: errorsPage,
  },
  9427: {
    status: 403,
    message: 'The account hash in the URL is not known',
    certainty: 'documented',
    statusCertainty: 'documented',
    source: errorsPage,
  },
  9429: {
    status: 403,
    message: 'Flexible variants are not enabled for the account',
    certainty: 'documented',
    statusCertainty: 'documented',
    source: errorsPage,
  },
  9431: {
    status: 404,
    message: 'Not found',
    certainty: 'documented',
    statusCertainty: 'documented',
    source: errorsPage,
  },
  9516: {
    status: 422,
    message: 'Could not resize the image: error during decoding',
    certainty: 'documented',
    statusCertainty: 'documented',
    source: errorsPage,
  },
  9522: {
    status: 503,
    message: 'The service in this colo is too busy',
    certainty: 'documented',
    statusCertainty: 'documented',
    source: errorsPage,
  },
} as const satisfies Record<number, CodeFacts>

/** Names an error number the emulator can speak. */
export type KnownCode = keyof typeof apiCodes | keyof typeof deliveryCodes

/** Makes the refusal of a known number; `settings.statuses` wins over the table's status. */
export function refused(
  code: KnownCode,
  settings: EmulatorSettings,
  message: string = codeTable[code].message,
): RefusedError {
  const status = settings.statuses[code] ?? codeTable[code].status
  return new RefusedError({ status, code, message })
}

/** Tells the status of any number: the setting's, the table's, or 400. */
export const statusOf = (code: number, settings: EmulatorSettings): number =>
  settings.statuses[code] ?? (isKnown(code) ? codeTable[code].status : 400)

/** Holds all of them. */
export const codeTable: Readonly<Record<KnownCode, CodeFacts>> = { ...apiCodes, ...deliveryCodes }

const isKnown = (code: number): code is KnownCode => Object.hasOwn(codeTable, code)
