/// The one viewer: draws what happened in a distributed run as a single page that opens offline.
///
/// A [dev.scrubjay.picture.Picture] is lanes, and on them what lasts, moments, messages, levels, and a
/// story in lines. It knows nothing of where they come from: simulated runs, histories, refused traces and
/// game days are all drawn by whoever has them, and none of their packages may be used here. No library
/// either: the page is written by hand, and lies as text beside this package's classes.
///
/// Start at [dev.scrubjay.picture.Picture]. `Page` puts a page together, of `page.html`, `page.css` and the
/// scripts that it names; `PictureData` writes into it what there is to draw.
@NullMarked
package dev.scrubjay.picture;

import org.jspecify.annotations.NullMarked;
