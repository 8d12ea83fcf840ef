/** What an upload area says as a field of a form. */
export interface FormWords {
  /** Said when a required field is empty. */
  readonly missing: (maxFiles: number) => string
  /** Said when the form cannot be sent yet, because so many photos are on their way. */
  readonly pending: (count: number) => string
  /** Said when so many photos wait for the person: they have failed, or were never sent. */
  readonly unfinished: (count: number) => string
  /** Names the list of the photos that will be sent with the form. */
  readonly kept: string
  /** Says that a photo in that list is there. */
  readonly uploaded: string
  /** Says that a photo in that list is kept by our server, which sends it on. */
  readonly parked: string
  /** Names a photo whose name nobody knows, by its place in the list, from 1. */
  readonly unnamed: (place: number) => string
}
