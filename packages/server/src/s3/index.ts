/** Bytes in a bucket: AWS, R2, MinIO and whatever else speaks S3. Needs `aws4fetch`. */
export { createS3ByteStore } from './s3-byte-store.ts'
export type { S3ByteStoreOptions } from './bucket-config.ts'
