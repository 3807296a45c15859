/** `tegata-client`. */
export { type Client, type ClientOptions, createClient, type Results, type RunOptions } from './client.ts';
export { type Fault, type GraphQLErrorBody, TegataError } from './errors.ts';
export type { ErrorCode } from './generated/schema.ts';
export { type UploadedImage, uploadImage } from './images.ts';
export type { Operation, TypedDocument } from './operation.ts';
export { PAGE_INFO, rows } from './pages.ts';
export type { Selected, Selection } from './select.ts';
export type { Retry, TokenSource } from './send.ts';
