import type { FailureCode, Stage } from '@lightfast/core'

/** Why an upload or a job stands still, for whoever runs the app. */
export const failurePhrases: { readonly [Code in FailureCode]: string } = {
  file_empty: 'the file is empty',
  file_too_large: 'the file is too large',
  file_type_unsupported: 'the kind of file does not work',
  file_damaged: 'the file is damaged',
  dimensions_too_large: 'the photo is too wide or too high',
  pixels_too_many: 'the photo has too many pixels',
  animation_too_large: 'the animation is too large',
  unauthenticated: 'its owner is signed out',
  forbidden: 'its owner may not do this',
  origin_refused: 'the request came from another site',
  not_found: 'it is not there',
  invalid_request: 'the request was wrong',
  request_too_large: 'the request was too large',
  upload_conflict: 'somebody else was at it',
  upload_limit_reached: 'its owner is over a limit',
  image_in_use: 'the photo is in use',
  server_unreachable: 'our server was not reached',
  server_failed: 'our server has a fault',
  store_unavailable: 'our database does not answer',
  host_unreachable: 'the image host is not reached',
  host_unavailable: 'the image host is out of order',
  host_timed_out: 'the image host is too slow',
  host_reply_invalid: 'the image host makes no sense',
  host_refused: 'the image host refuses the request',
  credentials_refused: 'the image host refuses our token',
  rate_limited: 'the image host asks for a pause',
  circuit_open: 'we are leaving the image host alone',
  client_busy: 'our server has too much to do',
  transfer_interrupted: 'the connection broke',
  transfer_timed_out: 'the bytes came too slowly',
  upload_host_failed: 'the upload host is out of order',
  slot_spent: 'its place was used already',
  slot_expired: 'its time was over',
  storage_full: 'there is no room for its bytes',
  bytes_missing: 'its bytes are gone',
  file_refused_by_host: 'the image host could not read the file',
}

/** What was being done when it stopped. */
export const stagePhrases: { readonly [Name in Stage]: string } = {
  check: 'checking',
  provision: 'asking for a place',
  transfer: 'sending',
  processing: 'waiting for the verdict',
}
