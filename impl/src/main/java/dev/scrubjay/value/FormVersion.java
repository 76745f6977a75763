package dev.scrubjay.value;

/// Which form bytes have. Two nodes of one group may be of different versions, and a disk that one version
/// wrote may be read by another: a group is upgraded node by node, and may have to go back.
///
/// So a form grows at its end. What has a higher `minor` says more, behind all that was said before; who does
/// not know that leaves it unread, and who knows it and does not find it takes something that stands for
/// nothing said. Whatever cannot be done so is another `major`, which nobody reads who does not know it.
///
/// @param major from 0 to 15
/// @param minor from 0 to 15
public record FormVersion(int major, int minor) {
    private static final int HALF = 4;
    private static final int MOST = (1 << HALF) - 1;

    public FormVersion {
        Invariant.holds(major >= 0 && major <= MOST && minor >= 0 && minor <= MOST, "a version has one byte");
    }

    static FormVersion of(byte version) {
        return new FormVersion(version >> HALF & MOST, version & MOST);
    }

    /// As it stands at the head of a form.
    public byte oneByte() {
        return (byte) (major << HALF | minor);
    }
}
