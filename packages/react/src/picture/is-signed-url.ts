import type { SignedUrl } from '@lightfast/core'
import { isNumber, isText, shapeOf } from '../shape.ts'

/** Asks whether a reply is an address with an end. Apart from the other replies, so that who uploads only does not carry it. */
export const isSignedUrl = shapeOf<SignedUrl>({ url: isText, expiresAt: isNumber })
