import type { FileNode } from '../system/file-node.ts'
import type { Process } from '../system/process.ts'

/** A file on the way. */
export interface Found {
  path: string
  node: FileNode
  depth: number
}

/** A test or action: answers whether the expression goes on. */
export type Step = (found: Found) => Promise<boolean> | boolean

/** What an expression asks of the walk, and what has come of it. */
export interface Search {
  process: Process
  acts: boolean
  minDepth: number
  maxDepth: number
  depthFirst: boolean
  pruned: boolean
  status: number
  /** Paths gathered for `-exec ... {} +`. */
  batches: { argv: string[]; paths: string[] }[]
}

/** An error in how find was called. */
export const mistake = (message: string) => Object.assign(new Error(message), { usage: true })
