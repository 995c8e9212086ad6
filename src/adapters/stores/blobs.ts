/** A place for what will be written, known to have room for it. Ends by `write` or `discard`. */
interface ReservedBlob {
  write(text: string): Promise<void>
  discard(): Promise<void>
}

/**
 * All that a run store asks of what it is kept in: named texts. Names are paths with `/`.
 *
 * Implemented by local files and by memory; an object store fits, with one object per appended line or segment.
 */
export interface Blobs {
  /** Where people find it: a path. */
  locate(name: string): string
  /** The text, or undefined where there is none. */
  read(name: string): Promise<string | undefined>
  /** The beginning of a text, at most so many bytes; undefined where there is none. */
  readStart(name: string, bytes: number): Promise<string | undefined>
  /** What stands from a byte on, up to the last whole line; undefined where there is nothing new. */
  readLines(name: string, fromByte: number): Promise<{ readonly text: string; readonly toByte: number } | undefined>
  /** Whole or not at all; durable before it returns; replaces what was there. */
  write(name: string, text: string): Promise<void>
  /** As `write`, but false, and nothing changed, where the name is taken. @param text whole, or piece by piece where it is large */
  create(name: string, text: string | AsyncIterable<string>): Promise<boolean>
  /** Fails now rather than at `write` when there is no room for about `bytes`. */
  reserve(name: string, bytes: number): Promise<ReservedBlob>
  /** Why nothing that is paid for should be stored here now, in words; undefined while there is room. */
  findLackOfRoom(): string | undefined
  remove(name: string): Promise<void>
  /** Byte by byte; replaces what stands there. Does nothing where there is nothing to move. */
  move(from: string, to: string): Promise<void>
  /** Names directly below a folder, files and folders alike, without the folder; none where it is missing. */
  list(folder: string): Promise<string[]>
  /**
   * A text that is another one as soon as a text was written or removed: this one, or one directly below this folder. Of a folder
   * below it only which names it holds is looked at. Nothing is read.
   */
  stamp(name: string): Promise<string>
  /** Adds one line. A line that a crash cut short is ended, so that it never runs into the next. */
  append(name: string, line: string): Promise<void>
  /** A text of JSON lines that several processes append to. To be opened once in a process: it remembers what it has read. */
  openSharedLines(name: string): SharedLines
  /** Removes what writers that died left half made. */
  sweep(folder: string): Promise<void>
}

/** JSON lines with several writers, one at a time. */
export interface SharedLines {
  /** Removes what a crash left of a torn last line, reads what others have added, and then writes, before anybody else does. */
  append(turn: AppendTurn): Promise<void>
}

interface AppendTurn {
  /** The text was replaced: what was read of it before is not in it any more. */
  forget(this: void): void
  /** Gets each line once, those of this process excepted. */
  read(this: void, line: string): void
  /** Lines to be added, each written before the next is asked for. */
  write(this: void): AsyncIterable<string>
}
