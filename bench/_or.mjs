import {online} from "./_o.mjs"; await online();
