/** What is written where a picture cannot be seen. As short as can be: its place may be small. */
export interface PictureWords {
  /** It should be there, and is not. */
  readonly missing: string
  /** It has been uploaded, and there is no picture of it yet. */
  readonly unfinished: string
}
