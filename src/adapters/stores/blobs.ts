/** A place for a text, known to have room for it. Finish it with `write` or `discard`. */
interface ReservedBlob {
  write(text: string): Promise<void>
  discard(): Promise<void>
}

/**
 * What a run store requires of its storage: named texts. Names are paths with `/`.
 *
 * Implemented by local files and by memory; an object store fits, with one object per appended line or segment.
 */
export interface Blobs {
  /** Where people find it: a path. */
  locate(name: string): string
  /** The text, or undefined if there is none. */
  read(name: string): Promise<string | undefined>
  /** At most the first `bytes` bytes of a text; undefined if there is none. */
  readStart(name: string, bytes: number): Promise<string | undefined>
  /** The text from a byte to the end of the last complete line; undefined if there is nothing new. */
  readLines(name: string, fromByte: number): Promise<{ readonly text: string; readonly toByte: number } | undefined>
  /** Writes whole or not at all; durable before it returns; replaces an existing text. */
  write(name: string, text: string): Promise<void>
  /** Like `write`, but false, with nothing changed, if the name is taken. @param text whole, or piece by piece if it is large */
  create(name: string, text: string | AsyncIterable<string>): Promise<boolean>
  /** Fails now rather than at `write` when there is no room for about `bytes`. */
  reserve(name: string, bytes: number): Promise<ReservedBlob>
  /** Why nothing that costs money should be stored here now; undefined while there is room. */
  findLackOfRoom(): string | undefined
  remove(name: string): Promise<void>
  /** Byte by byte; replaces an existing text. Does nothing if there is nothing to move. */
  move(from: string, to: string): Promise<void>
  /** Names directly below a folder, files and folders alike, without the folder; empty if the folder is missing. */
  list(folder: string): Promise<string[]>
  /**
   * Changes whenever this text, or a text directly below this folder, is written or removed. Of deeper folders, only the names
   * they hold count. Reads no content.
   */
  stamp(name: string): Promise<string>
  /** Adds one line. A torn last line is ended first, so that the new line does not run into it. */
  append(name: string, line: string): Promise<void>
  /** A text of JSON lines that several processes append to. Open it once per process: it remembers what it has read. */
  openSharedLines(name: string): SharedLines
  /** Removes texts that dead writers left half written. */
  sweep(folder: string): Promise<void>
}

/** JSON lines with several writers, one at a time. */
export interface SharedLines {
  /** Under the lock: removes a torn last line, reads the lines that others have added, and then writes. */
  append(turn: AppendTurn): Promise<void>
}

interface AppendTurn {
  /** The text was replaced: lines read before are no longer in it. */
  forget(this: void): void
  /** Gets each line once, except those of this process. */
  read(this: void, line: string): void
  /** Lines to add; each is written before the next is requested. */
  write(this: void): AsyncIterable<string>
}
