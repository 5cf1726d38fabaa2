/** What one answer was: the status, the headers that promise something, and the body (JSON or text). */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: unknown
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** Who asks: the administrator, nobody (no token), or somebody with a token that nobody gave out. */
export type Caller = 'admin' | 'nobody' | 'stranger'

/**
 * One request. `$ns`, `$id` and what earlier steps kept are filled in, in the path, the headers and the body:
 * `$ns` is a namespace that exists, `$id` a name that nobody else uses.
 */
export interface Call {
  method: Method
  path: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is, instead of `body`. */
  text?: () => string | Buffer
  as?: Caller
  /** Variables for later steps, by the path of a value in this answer: {uid: 'metadata.uid'}. */
  keep?: Record<string, string>
  /** The request is repeated until this holds of its answer; what controllers do takes a moment. */
  until?: (answer: Answer) => boolean
  /** Only prepares: it must succeed, and its answer is not part of the recording. */
  setup?: true
  /** The part of the body that is compared. */
  only?: (body: unknown) => unknown
}

/** Opens a watch under a name; compared are its status and headers, and its body if it is refused. */
export interface OpenWatch {
  watch: string
  path: string
  headers?: Record<string, string>
}

/** Waits for so many more frames of a watch and compares them. */
export interface ReadFrames {
  from: string
  frames: number
}

/** Waits for the server to end a watch, and compares the frames that came before. */
export interface AwaitEnd {
  ends: string
}

export type Step = Call | OpenWatch | ReadFrames | AwaitEnd

export interface Exchange {
  name: string
  steps: Step[]
  /** A namespace of its own, for exchanges that list what is there. */
  alone?: true
  /** Compares `managedFields` as well, which elsewhere are left out. */
  managedFields?: true
  /** Paths of what the exchange leaves outside its namespace; deleted afterwards, there or not. */
  leaves?: string[]
}

/** The exchanges of one file of recordings. */
export interface Theme {
  name: string
  exchanges: Exchange[]
}
