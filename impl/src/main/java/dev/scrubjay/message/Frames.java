package dev.scrubjay.message;

/// How frames are written and read: as this version does it, but for nodes that play another one.
public interface Frames {
    Frames CURRENT = new Frames() {
        @Override
        public byte[] encode(Frame frame) {
            return FrameForm.encode(frame);
        }

        @Override
        public Frame decode(byte[] bytes) {
            return FrameForm.decode(bytes);
        }
    };

    byte[] encode(Frame frame);

    /// Reads a frame that fills these bytes.
    Frame decode(byte[] bytes);
}
