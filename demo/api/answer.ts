/** What is sent back, whole. */
export interface Answer {
  code: number
  /** JSON, plain text for the health checks, or bytes that are neither. */
  body: string | Buffer
  contentType?: string
  headers?: Record<string, string | string[]>
}
