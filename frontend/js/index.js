// Every page works without this file. It adds comfort: printing, closing menus, a warning before the session ends,
// moving the map, and htmx's settings.
import "./print.js";
import "./menus.js";
import "./errors.js";
import "./session.js";
import "./passkeys.js";
import "./map.js";
import "./share.js";
import "./here.js";
import "./fragments.js";
