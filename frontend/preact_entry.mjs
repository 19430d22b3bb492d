/** The one module our screens import: Preact, its hooks, signals, and `html`, htm bound to Preact's `h`. */
import htm from "htm";
import { h } from "preact";

export { Component, Fragment, cloneElement, createContext, createRef, h, hydrate, render, toChildArray } from "preact";
export {
  useCallback,
  useContext,
  useEffect,
  useErrorBoundary,
  useId,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from "preact/hooks";
export {
  Signal,
  batch,
  computed,
  effect,
  signal,
  untracked,
  useComputed,
  useSignal,
  useSignalEffect,
} from "@preact/signals";

export const html = htm.bind(h);
