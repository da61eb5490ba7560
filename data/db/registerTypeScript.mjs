// Loaded with --import by worker threads that run from source (tests): tsx's own entry registers in the main thread only.
import { register } from 'tsx/esm/api';

register();
