import type { ImageList } from '@lightfast/core'
import { isImage } from '../reply-shapes.ts'
import { isText, listOf, orNull, shapeOf } from '../shape.ts'

/** Asks whether a reply is a page of images. Apart from the other replies, so that who uploads only does not carry it. */
export const isImageList = shapeOf<ImageList>({
  images: listOf(isImage),
  nextCursor: orNull(isText),
})
