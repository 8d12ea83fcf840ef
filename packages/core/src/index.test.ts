import { expect, test } from 'vitest'
import * as core from './index.ts'

test('the public surface widens only on purpose', () => {
  expect(Object.keys(core).toSorted()).toMatchInlineSnapshot(`
    [
      "DEFAULT_SLOT_MS",
      "DELIVERY_ORIGIN",
      "ImagesError",
      "MAX_ANIMATION_PIXELS",
      "MAX_DIMENSION",
      "MAX_PIXELS",
      "MAX_UPLOAD_BYTES",
      "MAX_VARIANTS",
      "actions",
      "buildDeliveryUrl",
      "bulkRequestSchema",
      "checkFile",
      "completeUploadSchema",
      "createFailure",
      "defaultFilePolicy",
      "failureSchema",
      "failures",
      "imageListSchema",
      "imageReplySchema",
      "imageStates",
      "imageTypes",
      "isFailureCode",
      "parseDeliveryUrl",
      "problemSchema",
      "reportFailureSchema",
      "rungs",
      "shareImageSchema",
      "signedUrlSchema",
      "sniff",
      "startUploadSchema",
      "startedUploadSchema",
      "updateImageSchema",
      "userState",
    ]
  `)
})
