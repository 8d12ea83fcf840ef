import type { ShareImage, SignedUrl } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import type { ImageRecord } from '../uploads/record.ts'

/** What the gateway does for the doors: addresses of pictures that it draws, and the pictures. */
export interface Views {
  /** Makes the address of a rendition for a principal, with the mark that it is obliged to. */
  readonly mint: (
    principal: Principal,
    image: ImageRecord,
    wanted: { readonly preset: string },
  ) => Promise<SignedUrl>
  /** Makes a link for whoever has it. */
  readonly share: (
    principal: Principal,
    image: ImageRecord,
    wanted: ShareImage,
  ) => Promise<SignedUrl>
  /** Answers a GET of `view/:token`. */
  readonly view: (token: string, request: Request) => Promise<Response>
  /** Answers a POST of `view/:token`, which uses up a link that is good for once. */
  readonly redeem: (token: string, request: Request) => Promise<Response>
}
